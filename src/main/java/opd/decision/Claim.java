package opd.decision;

import opd.domain.TokenPriority;

/// A wish for a place as the rule sees it. The source decides nothing and is not here.
public record Claim(long patientId, TokenPriority priority) {}
