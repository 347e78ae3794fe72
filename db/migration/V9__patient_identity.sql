-- What the log holds in place of a patient's name and number, made anew from the row as it is. Who may
-- read only this can verify the log, and reads neither: the salt stays inside. The encoding is the log's.
CREATE VIEW patient_identity AS
    SELECT id,
           encode(sha256(convert_to(
               '32:' || encode(salt, 'hex')
                   || octet_length(phone) || ':' || phone
                   || octet_length(member::text) || ':' || member
                   || octet_length(name) || ':' || name, 'UTF8')), 'hex') AS identity
      FROM patient;
