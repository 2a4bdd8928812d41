-- The first day of the period that holds a day. A month may start on another day than the 1st (month_start).

create or replace macro day_start(day, month_start) as day;

create or replace macro week_start(day, month_start) as cast(date_trunc('week', day) as date);

create or replace macro month_start_of(day, month_start) as
cast(date_trunc('month', day - to_days(month_start - 1)) + to_days(month_start - 1) as date);

create or replace macro half_month_second(first_half, month_start) as
case
    when month_start <= 13 then cast(first_half + to_days(15) as date)
    else cast(date_trunc('month', first_half) + interval 1 month + to_days(greatest(month_start - 16, 0)) as date)
end;

create or replace macro half_month_start(day, month_start) as
case
    when day >= half_month_second(month_start_of(day, month_start), month_start)
        then half_month_second(month_start_of(day, month_start), month_start)
    else month_start_of(day, month_start)
end;

-- A month that starts late is named by, and belongs to the quarter and year of, the month it ends in.
create or replace macro named_months_start(day, month_start, part) as
case
    when month_start = 1 then cast(date_trunc(part, day) as date)
    else
        cast(
            date_trunc(part, date_trunc('month', day - to_days(month_start - 1)) + interval 1 month)
            - interval 1 month + to_days(month_start - 1) as date
        )
end;

create or replace macro quarter_start(day, month_start) as named_months_start(day, month_start, 'quarter');

create or replace macro year_start(day, month_start) as named_months_start(day, month_start, 'year');
