"""Names of regions and countries in the reader's language, and the clock a region lives by."""

from django import template

from cases.regions import country_name, region_name, region_zone

register = template.Library()


@register.filter
def region(code: str) -> str:
    """`{{ case.region|region }}`"""
    return region_name(code)


@register.filter
def country(code: str) -> str:
    """`{{ person.nationality|country }}`"""
    return country_name(code) if code else ""


@register.filter
def zone_of(code: str) -> str:
    """`{% when call.started_at call.region|zone_of %}`"""
    return str(region_zone(code))
