package opd.simulation.script;

import java.time.LocalTime;
import java.util.List;
import java.util.stream.Collectors;
import opd.domain.PersonName;
import opd.service.PatientService.PatientTokens;
import opd.simulation.day.Findings;

/// Twelve patients are registered ahead. Hari, Kiran and Manoj come unannounced later.
final class PatientsStep {
  private static final LocalTime BEGIN = LocalTime.of(7, 30);
  private static final List<Person> REGISTERED =
      List.of(
          Person.ASHA,
          Person.LEELA,
          Person.BALA,
          Person.CHITRA,
          Person.DEV,
          Person.ESHA,
          Person.FARID,
          Person.GITA,
          Person.INDU,
          Person.JAYA,
          Person.NINA,
          Person.OM);

  private PatientsStep() {}

  static void play(ScriptedDesk desk, Findings findings) {
    desk.waitUntil(BEGIN);
    for (Person person : REGISTERED) {
      findings.expect(
          person.personName() + " is registered", "SAVED", add(desk, person, person.personName()));
    }
    findings.expect(
        "the same phone and member number is not registered twice",
        "ERROR PATIENT_EXISTS",
        add(desk, Person.BALA, new PersonName("Somebody else")));
    findings.expect(
        "Asha and Leela share a phone and are told apart by their member numbers",
        "1 Asha, 2 Leela",
        desk.services().patients().show(Person.ASHA.phone()).stream()
            .map(PatientTokens::patient)
            .map(patient -> patient.member() + " " + patient.shownName())
            .collect(Collectors.joining(", ")));
  }

  private static String add(ScriptedDesk desk, Person person, PersonName name) {
    return desk.ask(request -> desk.services().patients().add(request, person.key(), name));
  }
}
