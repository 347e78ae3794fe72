package opd.intake;

import java.util.Map;
import java.util.Optional;
import opd.domain.DoctorCode;
import opd.domain.ErrorCode;
import opd.domain.Inputs;
import opd.domain.OpdException;
import opd.domain.PatientKey;
import opd.domain.PatientReference;
import opd.domain.PersonName;
import opd.domain.PhoneNumber;
import opd.domain.PhoneNumbers;
import opd.domain.PhoneReference;
import opd.domain.RequestId;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.service.AllocationRequest;

/// Understands the fields of a line.
record LineReader(Inputs inputs, PhoneNumbers phones) {

  IntakeLine read(RawLine raw) {
    try {
      return switch (raw) {
        case RawLine.Broken broken ->
            new IntakeLine.Malformed(broken.line(), OpdException.invalid(broken.reason()));
        case RawLine.Fields fields -> request(fields);
      };
    } catch (OpdException e) {
      return new IntakeLine.Malformed(raw.line(), e);
    }
  }

  private IntakeLine request(RawLine.Fields fields) {
    Map<String, String> values = fields.values();
    String member = values.getOrDefault(Columns.MEMBER, "1");
    AllocationRequest request =
        new AllocationRequest(
            place(values),
            patient(phones.reference(required(values, Columns.PHONE)), member),
            Optional.ofNullable(values.get(Columns.NAME)).map(PersonName::new),
            Inputs.choice(
                TokenPriority.class, Columns.PRIORITY, required(values, Columns.PRIORITY)),
            Inputs.choice(TokenSource.class, Columns.SOURCE, required(values, Columns.SOURCE)),
            false,
            false);
    String given = values.get(Columns.REQUEST_ID);
    return new IntakeLine.Parsed(
        fields.line(), given == null ? null : new RequestId(given), request);
  }

  private static PatientReference patient(PhoneReference phone, String member) {
    if (phone instanceof PhoneNumber shared && member.strip().equalsIgnoreCase("next")) {
      return new PatientReference.NextMember(shared);
    }
    return PatientReference.of(
        phone, Inputs.number(Columns.MEMBER, member, 1, PatientKey.MOST_MEMBERS));
  }

  private AllocationRequest.Place place(Map<String, String> values) {
    String slot = values.get(Columns.SLOT);
    String doctor = values.get(Columns.DOCTOR);
    if ((slot == null) == (doctor == null)) {
      throw OpdException.invalid("a line needs a slot or a doctor, and not both");
    }
    return slot != null
        ? new AllocationRequest.Place.InSlot(inputs.slot(slot))
        : new AllocationRequest.Place.WithDoctor(
            DoctorCode.parse(required(values, Columns.DOCTOR)));
  }

  private static String required(Map<String, String> values, String column) {
    String value = values.get(column);
    if (value == null) {
      throw new OpdException(ErrorCode.INVALID_INPUT, "column " + column + " is empty");
    }
    return value;
  }
}
