package opd.output.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import opd.domain.Doctor;
import opd.domain.Patient;
import opd.domain.PersonName;
import opd.domain.PhoneNumber;
import opd.domain.UnidentifiedPatient;
import opd.record.JsonText;
import opd.record.OutcomeJson;
import opd.service.PatientExport;
import opd.service.PatientService.PatientTokens;
import org.jspecify.annotations.Nullable;

/// Doctors and patients as JSON, with the field names of the contract.
public final class PeopleJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private PeopleJson() {}

  static ObjectNode of(@Nullable Doctor doctor) {
    ObjectNode node = JSON.objectNode();
    return doctor == null
        ? node
        : node.put("code", doctor.code().value())
            .put("name", doctor.name().value())
            .put("specialization", doctor.specialization())
            .put("active", doctor.active());
  }

  static ObjectNode of(@Nullable Patient patient) {
    ObjectNode node = JSON.objectNode();
    return patient == null ? node : fill(node.put("id", patient.id()), patient);
  }

  /// @param fields that hold the id
  static ObjectNode fill(ObjectNode fields, Patient patient) {
    PersonName name = patient.name();
    PhoneNumber phone = patient.phone();
    return fields
        .put("name", name == null ? null : name.value())
        .put("phone", phone == null ? null : phone.e164())
        .put("member", patient.member())
        .put("reference", patient.reference().map(UnidentifiedPatient::toString).orElse(null));
  }

  /// All that is held of a patient, as one JSON document on one line: the same however results are
  /// printed.
  public static String text(PatientExport export) {
    Patient patient = export.patient();
    ObjectNode node = JSON.objectNode();
    node.set("patient", of(patient));
    OutcomeJson json = new OutcomeJson((fields, _) -> fill(fields, patient));
    ArrayNode tokens = node.putArray("tokens");
    export.tokens().forEach(view -> tokens.add(json.token(view)));
    ArrayNode requests = node.putArray("requests");
    for (PatientExport.Asked asked : export.requests()) {
      requests
          .addObject()
          .put("id", asked.id())
          .put("kind", asked.kind().name())
          .putRawValue("outcome", new RawValue(asked.outcome()));
    }
    ArrayNode entries = node.putArray("entries");
    export.entries().forEach(entry -> entries.add(AuditJson.of(entry)));
    return JsonText.of(node);
  }

  /// @param field which has the tokens
  static ObjectNode of(PatientTokens shown, String field) {
    ObjectNode node = of(shown.patient());
    OutcomeJson json = new OutcomeJson((fields, _) -> fill(fields, shown.patient()));
    ArrayNode tokens = node.putArray(field);
    shown.tokens().forEach(view -> tokens.add(json.token(view)));
    return node;
  }
}
