"""A newspaper one of whose pages breaks the code that reads it: a bug of ours."""

from tests.spiders.gazette import Gazette


class Breaking(Gazette):
    """Al-Jarida (الجريدة), served by a test."""

    name = "breaking"

    async def parse_article(self, response, claim, amp_of=None):
        if response.url.endswith("/news/2"):
            raise RuntimeError("a bug")
        async for one in super().parse_article(response, claim, amp_of):
            yield one
