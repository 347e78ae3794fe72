package opd.domain;

import java.time.ZoneId;

/// What is fixed when a facility is made.
///
/// @param region ISO 3166 code that phone numbers without a country code belong to
/// @param zone the zone for people's eyes; storage, rules, JSON and logs are UTC
public record FacilitySettings(String region, ZoneId zone, ClockSource clock) {}
