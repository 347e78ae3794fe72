package opd.decision;

import opd.domain.TokenPriority;

/// An ACTIVE token as the rule sees it.
///
/// @param sequence its number in the slot, from 1
public record ActiveToken(int sequence, long patientId, TokenPriority priority) {}
