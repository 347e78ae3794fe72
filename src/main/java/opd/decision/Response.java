package opd.decision;

import java.util.List;
import java.util.Map;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.Patient;
import opd.domain.RequestId;

/// An outcome with what is needed to show it.
///
/// @param replayed whether the request had been decided before and this is the stored outcome
/// @param isDryRun whether nothing was changed or audited, as the request was a dry run
public record Response<O extends Outcome>(
    O outcome, RequestId requestId, boolean replayed, boolean isDryRun, People people) {

  /// The patients and doctors that an outcome mentions, by id and code.
  ///
  /// @param open the slots of a doctor who takes no new ones, which go on
  public record People(
      Map<Long, Patient> patients, Map<DoctorCode, Doctor> doctors, List<SlotBook> open) {
    /// Where nobody's slots are told of.
    public People(Map<Long, Patient> patients, Map<DoctorCode, Doctor> doctors) {
      this(patients, doctors, List.of());
    }

    public static final People NONE = new People(Map.of(), Map.of());
  }
}
