package opd.simulation.auditor;

import java.util.Set;
import opd.domain.SlotLabel;
import opd.domain.TokenLabel;
import org.jspecify.annotations.Nullable;

/// What must be answered.
///
/// @param answer in one line, without the hint of another slot
/// @param hint the other slot that a refusal names, as ` , next RAO-…`, or the token that the
///   patient holds at the same time, as ` , beside RAO-…`, or empty; several desks may see another
///   one, as nothing is locked for it
/// @param token that is given, or null
/// @param displaced the token that loses its place to it, or null
/// @param touched the slots that a look should follow
/// @param aspects that the decision shows
public record Prediction(
    String answer,
    String hint,
    @Nullable TokenLabel token,
    @Nullable TokenLabel displaced,
    Set<SlotLabel> touched,
    Set<Invariant> aspects) {}
