"""What of a file a proposal does not take although it could, or takes with a doubt, and why."""

from qa.contract import TABLES, Table, Type
from qa.importing.clues import Clues
from qa.importing.date_forms import candidates
from qa.importing.filling import TIMES_OF_DAY
from qa.importing.header import is_amount
from qa.importing.likeness import EXACT, is_name_of_customers, likeness
from qa.importing.mapping import Fill
from qa.importing.matching import ANY_DAY, KEYS, UNIVERSAL
from qa.importing.names import Name
from qa.importing.shapes import LOST, Shape, says_day
from qa.importing.stand_ins import RECORDS
from qa.text import Text


def left_out(name: str, matched: dict[str, int], fill: Fill, clues: Clues) -> list[Text]:
    """What of the file a table does not take although it could, and why."""
    if name == "surveys":
        return [*_unread_ratings(matched, clues), *_no_scale(fill)]
    if name == "evaluations":
        return _any_day(matched, clues)
    return [*_unread_directions(matched, clues), *_named_customers(matched, clues), *_lost_customers(matched, clues)] if name == "calls" else []


def _any_day(matched: dict[str, int], clues: Clues) -> list[Text]:
    i = matched.get("evaluated_at")
    if i is None or clues.names[i].core not in ANY_DAY:
        return []
    return [
        Text(
            f"质检评定：“{clues.columns[i]}”按质检时间计；若是通话时间，请改为 call_at，并补上质检时间",
            f"evaluations: {clues.columns[i]} counts as when the evaluation was made; if it is when the call was, name it call_at and add the other",
        )
    ]


def _unread_directions(matched: dict[str, int], clues: Clues) -> list[Text]:
    """Columns that are called directions of calls and say none that is known, so that one is assumed for all."""
    direction = TABLES["calls"].by_name["direction"]
    unread = [i for i, name in enumerate(clues.names) if i not in matched.values() and likeness(direction, name) == EXACT and clues.shapes[i].values]
    return [
        Text(
            f"通话：“{clues.columns[i]}”的取值（如 {clues.shapes[i].values[0]}）看不出呼入还是呼出；若是呼叫方向，请在映射中用 values 写明各取值的含义",
            f"calls: what {clues.columns[i]} says (such as {clues.shapes[i].values[0]}) tells no direction;"
            " if it is one, say in the mapping with values what it means",
        )
        for i in unread
        if "direction" not in matched
    ]


def _named_customers(matched: dict[str, int], clues: Clues) -> list[Text]:
    """Columns of customers that look like names, where no other says who called."""
    if "customer_id" in matched:
        return []
    customer = TABLES["calls"].by_name["customer_id"]
    named = [
        column
        for i, (column, name, shape) in enumerate(zip(clues.columns, clues.names, clues.shapes, strict=True))
        if i not in matched.values() and shape.people and (is_name_of_customers(name) or likeness(customer, name))
    ]
    return [
        Text(
            f"通话：“{column}”的取值没有数字，像是姓名，因此不导入：同名的客户分不开。要算首次解决，请提供客户编号或号码列；"
            f'若它确是编号，请在映射中写 customer_id = "{column}"',
            f"calls: the values of {column} have no digit and look like names, so they are not imported: two customers may be called alike."
            " First-call resolution needs a column with a number or code of the customer;"
            f' if this one holds codes, write customer_id = "{column}" into the mapping',
        )
        for column in named
    ]


def _lost_customers(matched: dict[str, int], clues: Clues) -> list[Text]:
    """Columns of customers' numbers of which a spreadsheet left the first digits, where no other says who called."""
    customer = TABLES["calls"].by_name["customer_id"]
    lost = [i for i, name in enumerate(clues.names) if clues.shapes[i].lost and likeness(customer, name) and "customer_id" not in matched]
    cut = [(clues.columns[i], next(filter(LOST.match, clues.shapes[i].values))) for i in lost]
    return [
        Text(
            f"通话：“{column}”的号码多数被表格软件写成科学计数法（如 {number}），位数已丢失，因此不导入；"
            "通话本身照常导入，但算不出首次解决和重复来电，请在来源中按文本格式重新导出",
            f"calls: a spreadsheet has written most numbers of {column} like {number}, their other digits are lost, so they are not imported;"
            " the calls are, but without first-call resolution and repeat calls: export them again as text",
        )
        for column, number in cut
    ]


def no_day(clues: Clues) -> list[Text]:
    """Columns that are called times of calls, answers or evaluations and hold times of day, in a file in which no column says a day."""
    if any(shape.values and shape.mostly(says_day) for shape in clues.shapes):
        return []
    times = [column for table in RECORDS for column in TABLES[table].columns if column.type is Type.TIMESTAMP]
    named = [i for i, name in enumerate(clues.names) if clues.shapes[i].dayless and (name.core in TIMES_OF_DAY or any(likeness(time, name) for time in times))]
    return [
        Text(
            f"“{clues.columns[i]}”只有钟点，没有日期（如 {clues.shapes[i].values[0]}），不能作为时间；表格软件另存 CSV 时会只留下分和秒，"
            "请在来源中按 2026-10-05 09:00:00 的形式导出",
            f"{clues.columns[i]} has times without a day (such as {clues.shapes[i].values[0]}); a spreadsheet that saves CSV may leave minutes and seconds"
            " alone: export them as 2026-10-05 09:00:00",
        )
        for i in named
    ]


def _no_scale(surveys: Fill) -> list[Text]:
    """Scores up to nobody knows how much: they say how many answered, and of none whether he is satisfied."""
    if "score" not in surveys.columns or surveys.columns.keys() & {"scale_max", "satisfied"}:
        return []
    name = ", ".join(surveys.columns["score"].sources)
    return [
        Text(
            f"调查：文件没有说“{name}”最高是几分，0 是否表示未评价也不清楚，因此不算满意率；"
            "请在映射中写明 scale_max，例如 scale_max = { constant = 5 }，未评价的值用 unless 去掉",
            f"surveys: nothing says up to how much {name} goes, or whether 0 means not rated, so nobody counts as satisfied or not; say it in the mapping,"
            " for example scale_max = { constant = 5 }, and leave out with unless what means not rated",
        )
    ]


def _unread_ratings(matched: dict[str, int], clues: Clues) -> list[Text]:
    """Columns that are called ratings and hold none that can be read, where the surveys have no others: they would count as not answered, unsaid."""
    if "score" in matched or "satisfied" in matched:
        return []
    score = TABLES["surveys"].by_name["score"]
    unread = [i for i, name in enumerate(clues.names) if i not in matched.values() and likeness(score, name) == EXACT and clues.shapes[i].values]
    return [
        Text(
            f"调查：“{clues.columns[i]}”的取值（如 {clues.shapes[i].values[0]}）不是数字，也不是一套已知的满意度用词，没有读取，各行按未参评计；"
            "请在映射中用 values 写明各取值的含义",
            f"surveys: what {clues.columns[i]} says (such as {clues.shapes[i].values[0]}) is neither a number nor of one known scale of words and is not read,"
            " so that every row counts as not answered; say in the mapping with values what it means",
        )
        for i in unread
    ]


def no_year(column: str, shape: Shape) -> Text:
    day = shape.values[0]
    zh, en = ("；若指某年某月，请写成 2026-10 的形式", "; where it is a month of a year, write it as 2026-10") if shape.short_months else ("", "")
    return Text(
        f"“{column}”只有月和日（如 {day}），没有年份，不能作为日期；请在来源中补上年份{zh}",
        f"{column} has months and days without a year (such as {day}) and cannot be a date; add the year at the source{en}",
    )


def ambiguous(column: str, name: Name, shape: Shape) -> list[Text]:
    """Why a column of ratings or amounts is not read, whose values may mean one thing as well as its contrary."""
    if KEYS.search(name.core) and shape.whole:
        return [
            Text(
                f"“{column}”是电话按键（如 {shape.values[0]}），哪个键表示最满意文件没有说，因此没有读取；请在映射中用 values 写明，"
                f'例如 score = {{ from = "{column}", values = {{ "1" = 5, "2" = 4 }} }}',
                f"{column} holds keys of a telephone (such as {shape.values[0]}), and the file does not say which is the best, so it is not read; say it in"
                f' the mapping, for example score = {{ from = "{column}", values = {{ "1" = 5, "2" = 4 }} }}',
            )
        ]
    if UNIVERSAL.search(name.whole) and shape.clocks_alone:
        form = f"Asia/Shanghai {candidates(shape.values[0])[0]}" if candidates(shape.values[0]) else "Asia/Shanghai %Y-%m-%d %H:%M:%S"
        return [
            Text(
                f"“{column}”是世界标准时，文件没有说明中心的时区，因此没有读取；请在映射中写明，例如 "
                f'started_at = {{ from = "{column}", format = "{form}" }}，或在来源中导出当地时间',
                f"{column} is universal time, and the file does not say in which zone the centers are, so it is not read; say it in the mapping, for example"
                f' started_at = {{ from = "{column}", format = "{form}" }}, or export local times',
            )
        ]
    if shape.mixed_percent and is_amount(column):
        share = next(v for v in shape.values if not v.endswith(("%", "％")))
        return [
            Text(
                f"“{column}”中既有百分比又有 {share} 这样不大于 1 的数，分不清是百分之几还是几分之几，因此没有读取；请在来源中统一写法",
                f"{column} has percent beside numbers up to one such as {share}, which may be percent or shares, so it is not read; write all of them one way",
            )
        ]
    return []


def many_calls(table: Table, column: str) -> Text:
    return Text(
        f"“{column}”表明一行是多通话务的合计，不能作为逐条的“{table.label.zh}”；若每行确为一条，请加上编号列",
        f"{column} says that each row stands for many, so they are no single {table.label.en.lower()}; if each is one, add a column with its id",
    )


def no_call_log(table: Table, calls: dict[str, int], clues: Clues) -> Text:
    told = clues.columns[calls["talk_s"]] if "talk_s" in calls else clues.columns[calls["started_at"]]
    return Text(
        f"每行是一条“{table.label.zh}”，其中的通话（“{told}”）不作为话务明细导入：它们不是全部通话，也会替换掉话务明细中更完整的记录",
        f"each row is one of {table.label.en.lower()}; the calls in it ({told}) are not imported as calls: they are not all there were, and would replace"
        " fuller records of them",
    )
