package opd.service;

import opd.domain.RequestId;

/// One request of a batch.
///
/// @param id no two lines of one call have the same
public record BatchLine(RequestId id, AllocationRequest request) {}
