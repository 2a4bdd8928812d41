select * from read_parquet('../agent_day.parquet')
