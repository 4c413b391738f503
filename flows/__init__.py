"""What runs: Prefect flows and tasks, the command line, run reports."""
