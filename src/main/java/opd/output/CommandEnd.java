package opd.output;

import opd.domain.OpdException;
import opd.domain.RequestId;
import org.jspecify.annotations.Nullable;

/// How a command of a console ended.
///
/// @param line on which it stands, from 1
/// @param error why it failed, or null when it did not
/// @param requestId of the request that it made, or null
public record CommandEnd(
    long line, int exit, @Nullable OpdException error, @Nullable RequestId requestId) {}
