"""``python -m jingwei``: the command where its folder is not on the path, as often on Windows."""

from jingwei.cli.main import run

if __name__ == "__main__":
    run()
