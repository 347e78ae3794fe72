package opd.simulation.script;

import java.time.LocalTime;
import java.util.stream.Collectors;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.PersonName;
import opd.simulation.day.Findings;

/// Two doctors who see patients today, and one who does not.
final class DoctorsStep {
  private static final LocalTime BEGIN = LocalTime.of(7, 0);

  private DoctorsStep() {}

  static void play(ScriptedDesk desk, Findings findings) {
    desk.waitUntil(BEGIN);
    findings.expect("Dr Rao is added", "SAVED RAO", add(desk, "RAO", "Dr Rao", "Cardiology"));
    findings.expect("Dr Iyer is added", "SAVED IYER", add(desk, "IYER", "Dr Iyer", "Medicine"));
    findings.expect("Dr Das is added", "SAVED DAS", add(desk, "DAS", "Dr Das", "Surgery"));
    findings.expect(
        "a second doctor with the code RAO is not accepted",
        "ERROR DOCTOR_EXISTS",
        add(desk, "RAO", "Dr Ranganathan", "Cardiology"));
    findings.expect(
        "Dr Das goes on leave",
        "SAVED DAS, who takes no new slots",
        desk.ask(
            request -> desk.services().doctors().setActive(request, new DoctorCode("DAS"), false)));
    findings.expect(
        "the hospital has these three doctors, one of them on leave",
        "DAS Dr Das on leave, IYER Dr Iyer, RAO Dr Rao",
        list(desk));
  }

  private static String add(ScriptedDesk desk, String code, String name, String specialization) {
    Doctor doctor = new Doctor(new DoctorCode(code), new PersonName(name), specialization, true);
    return desk.ask(request -> desk.services().doctors().add(request, doctor));
  }

  private static String list(ScriptedDesk desk) {
    return desk.services().doctors().list().stream()
        .map(doctor -> doctor.code() + " " + doctor.name() + (doctor.active() ? "" : " on leave"))
        .collect(Collectors.joining(", "));
  }
}
