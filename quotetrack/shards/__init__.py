"""Parquet files of articles with their quotations, which ``extract`` writes and ``import-shards`` takes into a database."""
