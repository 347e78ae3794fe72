package opd.simulation.day;

import opd.domain.DoctorCode;

/// A doctor's part of a generated day.
public record DoctorDay(DoctorCode code, String name, String specialization, Figures figures) {}
