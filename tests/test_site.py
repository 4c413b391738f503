import importlib.util
from pathlib import Path

import pytest

from config.errors import ConfigError
from config.settings import Settings
from config.site import Site, find_site, load_site, load_sites

ROOT = Path(__file__).parents[1]

GOOD = """
title: The Bridge
home: https://news.example/
feeds: [/feed.xml, "https://feeds.example/all"]
languages: [hy, sr-Latn, pt-BR, 'no']
allow: ['/a/.+\\.html$']
delay_seconds: 2
schedule: "*/30 * * * *"
story_id_pattern: '/a/(?:[^/]+/)?(\\d+)\\.html'
debris: ["  Read  MORE about bridges "]
ports: [8443]
"""


def write(folder: Path, text: str, name: str = "bridge") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_site_file_is_read(tmp_path):
    site = load_site(write(tmp_path, GOOD))
    assert site.name == "bridge"
    assert site.feeds == ("https://news.example/feed.xml", "https://feeds.example/all")
    assert site.languages == ("hy", "sr-Latn", "pt-BR", "no")
    assert site.delay_seconds == 2.0
    assert site.phrases == {"mul:read more about bridges"}


def test_one_start_point_is_a_whole_site_file(tmp_path):
    site = load_site(write(tmp_path, "home: https://news.example"))
    assert site.home == "https://news.example"
    assert site.limit is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no start point: write home, sections, feeds, sitemaps or urls"),
        ("home: news.example", "home: 'news.example' is no URL; write it with https://, or set home"),
        ("home: ftp://news.example/", "home: 'ftp://news.example/' is no URL"),
        ("feeds: [/feed]", "feeds: '/feed' is no URL"),
        ("home: https://a.example\nlmit: 5", "unknown field 'lmit'; did you mean limit?"),
        ("home: https://a.example\nzzz: 5", "unknown field 'zzz'"),
        ("home: https://a.example\nlimit: many", "limit: Input should be a valid integer"),
        (
            "home: https://a.example\ndelay_seconds: -1",
            "delay_seconds: Input should be greater than or equal to 0",
        ),
        (
            "home: https://a.example\nlanguages: [no]",
            "languages.0: YAML reads this as true or false; put it in quotes",
        ),
        ("home: https://a.example\nlanguages: [armenian]", "languages.0: 'armenian' is no language tag"),
        ("home: https://a.example\nlanguages: hy", "languages: Input should be a valid"),
        ("home: https://a.example\nallow: ['(']", "allow.0: no regular expression"),
        ("home: https://a.example\nstory_id_pattern: '\\d+'", "story_id_pattern: put parentheses round"),
        ("home: https://a.example\nschedule: hourly", "schedule: 'hourly' is no cron line"),
        ("home: https://a.example\nports: [0]", "ports.0: a port is a number from 1 to 65535"),
        ("home: https://a.example\nname: other", "name: leave it out"),
        ("limit: 5\nhome: ]", "line 2: no YAML"),
        ("- home", "write one 'field: value' a line"),
        ("1: 2", "write one 'field: value' a line"),
        ("home: https://a.example\nextends: _gone", "extends: there is no _gone.yaml beside it"),
        (
            "home: https://a.example\nextends: bridge",
            "extends: there is no bridge.yaml beside it; names of bases",
        ),
        ("home: https://a.example\nextends: [1]", "extends: there is no"),
    ],
)
def test_a_mistake_is_told_in_one_line_with_file_field_and_remedy(tmp_path, text, told):
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_site(path)
    assert str(caught.value).startswith(f"{path}:")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["Bridge", "a b", "a.b", "-a"])
def test_a_file_name_that_cannot_be_a_site_is_told(tmp_path, name):
    with pytest.raises(ConfigError, match="small letters, digits and hyphens"):
        load_site(write(tmp_path, "home: https://a.example", name))


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        load_site(tmp_path / "gone.yaml")
    path = tmp_path / "latin.yaml"
    path.write_bytes("title: é\n".encode("latin-1"))
    with pytest.raises(ConfigError, match="not in UTF-8"):
        load_site(path)


def test_a_base_gives_what_the_site_leaves_open(tmp_path):
    write(tmp_path, "sitemaps: [/sitemap.xml]\ndelay_seconds: 3\nlimit: 7", "_cms")
    write(tmp_path, "extends: _cms\nlanguages: [hy]", "_cms-hy")
    site = load_site(write(tmp_path, "extends: _cms-hy\nhome: https://a.example/\nlimit: 9"))
    assert site.sitemaps == ("https://a.example/sitemap.xml",)
    assert (site.delay_seconds, site.limit, site.languages) == (3.0, 9, ("hy",))


def test_bases_that_extend_each_other_are_told(tmp_path):
    write(tmp_path, "extends: _b", "_a")
    write(tmp_path, "extends: _a", "_b")
    with pytest.raises(ConfigError, match="in a circle"):
        load_site(write(tmp_path, "extends: _a\nhome: https://a.example/"))


def test_a_folder_gives_its_sites_by_name_without_the_bases(tmp_path):
    write(tmp_path, "limit: 5", "_cms")
    write(tmp_path, "home: https://b.example", "b")
    write(tmp_path, "home: https://a.example", "a")
    assert list(load_sites(tmp_path)) == ["a", "b"]
    with pytest.raises(ConfigError, match="LRAHOS_SITES_DIR"):
        load_sites(tmp_path / "gone")


def test_a_name_that_no_site_has_gets_a_suggestion(tmp_path):
    write(tmp_path, "home: https://a.example", "azatutyun")
    assert find_site("azatutyun", tmp_path).name == "azatutyun"
    with pytest.raises(ConfigError, match=r"no site 'azatutiun' in .*; did you mean azatutyun\?"):
        find_site("azatutiun", tmp_path)
    with pytest.raises(ConfigError, match=r"no site '\.\./a'"):
        find_site("../a", tmp_path)


def test_the_sites_that_are_shipped_can_all_be_used():
    sites = load_sites(Settings().sites_path)
    assert len(sites) >= 60
    homes = [site.home for site in sites.values()]
    assert len(set(homes)) == len(homes)
    for site in sites.values():
        assert site.languages
        assert site.story_id_pattern


def test_the_shipped_sites_are_what_the_table_says(tmp_path):
    spec = importlib.util.spec_from_file_location("write_sites", ROOT / "tools" / "write_sites.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    tool.write_sites(tmp_path)
    shipped = Settings().sites_path
    for path in tmp_path.iterdir():
        assert (shipped / path.name).read_text(encoding="utf-8") == path.read_text(encoding="utf-8"), (
            path.name
        )


def test_the_documentation_names_every_field():
    rows = (ROOT / "docs" / "sites.md").read_text(encoding="utf-8").splitlines()
    documented = {row.split("`")[1] for row in rows if row.startswith("| `")}
    assert documented == {*Site.model_fields, "extends"}


def test_the_documentations_example_can_be_used(tmp_path):
    text = (ROOT / "docs" / "sites.md").read_text(encoding="utf-8")
    site = load_site(write(tmp_path, text.split("```yaml\n")[1].split("```")[0]))
    assert site.sitemaps == ("https://news.example/sitemap-news.xml",)
