"""Which requests no person stands behind: crawlers, previews, prefetches, scripts."""

import re

#: Parts of the names of programs that fetch pages for no reader. Kept short: most say "bot", "crawl" or "spider".
_NAMES = re.compile(
    r"(?<!cu)bot\b|bot[/;_-]|crawl|spider|slurp|scrap|headless|phantomjs|lighthouse|pagespeed|preview|facebookexternalhit"
    r"|facebookcatalog|meta-external|embedly|whatsapp/|skypeuripreview|vkshare|quora link|pinterest/0|nuzzel|outbrain"
    r"|gptbot|chatgpt-user|oai-search|anthropic|claude|perplexity|cohere|bytespider|google-extended"
    r"|googleother|google-inspection|apis-google|mediapartners|adsbot|diffbot|ccbot|omgili|timpi|img2dataset"
    r"|archive\.org|archiver|wayback|heritrix|httrack|nutch|yandex\.com/bots|baiduspider|sogou|bingpreview|duckassist"
    r"|curl/|wget/|python-|python/|aiohttp|httpx|urllib|requests/|scrapy|go-http|okhttp|java/|libwww|lwp::|\bperl\b|\bruby\b"
    r"|guzzle|axios|node-fetch|undici|node\.js|deno/|bun/|postman|insomnia|httpie|apache-httpclient|dart:io|reqwest"
    r"|monitor|uptime|pingdom|statuscake|site24x7|zabbix|nagios|check_http|newrelic|datadog|synthetic|gtmetrix|ptst/"
    r"|validator|checker|linkcheck|w3c_|\bseo|semrush|ahrefs|majestic|mj12|dotbot|screaming frog|sitebulb|netcraft"
    r"|censys|zgrab|masscan|nmap|nikto|sqlmap|nuclei|expanse|selenium|webdriver|puppeteer|playwright|cypress|jsdom",
    re.IGNORECASE,
)
#: Readers of feeds are programs by nature; these only collect.
_COLLECTORS = re.compile(
    r"googlebot|bingbot|crawl|spider|slurp|gptbot|chatgpt-user|oai-search|anthropic|claude|perplexity|cohere|bytespider"
    r"|google-extended|googleother|diffbot|ccbot|semrush|ahrefs|mj12|dotbot|petalbot|applebot|amazonbot|yandexbot|baidu"
    r"|curl/|wget/|python-requests|python-urllib|scrapy|go-http-client|headless|monitor|uptime|pingdom|validator|archive"
    r"|w3c_|zgrab|censys|nmap|nikto|masscan",
    re.IGNORECASE,
)
_AHEAD_OF_TIME = ("prefetch", "prerender", "preview")
_LONGEST = 512  # of what is looked at


def is_machine(agent: str, *, accept_language: str, purpose: str = "") -> bool:
    """Tell whether a page was surely not asked for by somebody who looks at it.

    `purpose` is what `Sec-Purpose` or `Purpose` says. Every browser with a person before it names itself and the
    languages it wants; who does not is a program.
    """
    ahead = any(word in purpose.lower() for word in _AHEAD_OF_TIME)
    return ahead or not agent or not accept_language or bool(_NAMES.search(agent[:_LONGEST]))


def is_collector(agent: str) -> bool:
    """Tell whether a feed was fetched by a program that nobody reads feeds with."""
    return not agent or bool(_COLLECTORS.search(agent[:_LONGEST]))
