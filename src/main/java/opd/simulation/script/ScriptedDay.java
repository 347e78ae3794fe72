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
        new DayStep("Doctors", DoctorsStep::play),
        new DayStep("Slots", SlotsStep::play),
        new DayStep("Patients", PatientsStep::play),
        new DayStep("Initial allocation", AllocationStep::play),
        new DayStep("Emergencies in full slots", EmergencyStep::play),
        new DayStep("Cancellations, no-shows and places given again", ChangesStep::play),
        new DayStep("Final queues", FinalQueuesStep::play));
  }
}
