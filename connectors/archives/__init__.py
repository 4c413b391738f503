"""Archives as pages: WARC, WET, saved HTML, text dumps, JSON lines; local or in S3.

``plan_splits`` cuts what a user names into splits of about a batch each, without reading it;
``read_split`` reads one, in any process, in any order.
"""

from connectors.archives.candidates import is_story_candidate
from connectors.archives.documents import page_of_file
from connectors.archives.planning import plan_splits
from connectors.archives.reading import read_split
from connectors.archives.records import Damage, Kind, RawPage, Split

__all__ = [
    "Damage",
    "Kind",
    "RawPage",
    "Split",
    "is_story_candidate",
    "page_of_file",
    "plan_splits",
    "read_split",
]
