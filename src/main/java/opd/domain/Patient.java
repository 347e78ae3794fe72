package opd.domain;

/// A patient.
public record Patient(long id, PatientKey key, PersonName name) {}
