package opd.simulation.script;

import java.time.LocalDate;
import java.util.List;

/// The scripted day: seven steps in which everything happens that can happen to a token, each
/// answer written out by hand. It needs a facility of its own without doctors and patients.
public final class ScriptedDay {
  public static final LocalDate DEFAULT_DATE = LocalDate.of(2030, 1, 7);

  private ScriptedDay() {}

  public static List<DayStep> steps() {
    return List.of(
        new DoctorsStep(),
        new SlotsStep(),
        new PatientsStep(),
        new AllocationStep(),
        new EmergencyStep(),
        new ChangesStep(),
        new FinalQueuesStep());
  }
}
