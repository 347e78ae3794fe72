package opd.domain;

/// What stands wherever a phone number is asked for: a number, or for somebody whose number nobody
/// knows the reference that was given instead.
public sealed interface PhoneReference permits PhoneNumber, UnidentifiedPatient {}
