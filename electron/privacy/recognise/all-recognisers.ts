import { findAddresses } from './address.ts';
import { findBirthDates } from './birth-date.ts';
import type { Recogniser } from './candidate.ts';
import { findCards } from './card.ts';
import { findChineseNames } from './chinese-names.ts';
import { findChineseOrganisations } from './chinese-organisations.ts';
import { findEmails } from './email.ts';
import { findIbans } from './iban.ts';
import { findIpAddresses, findMacAddresses } from './internet-addresses.ts';
import { findMedicalRecords } from './medical-record.ts';
import { brazilianCpf } from './national/brazil.ts';
import { chineseResidentId } from './national/china.ts';
import { indianAadhaar, ukHealth, ukNationalInsurance, usSocialSecurity } from './national/english-speaking.ts';
import { frenchSocialSecurity, germanTaxId, italianTaxCode, spanishId } from './national/europe.ts';
import { findNationalId } from './national/national-id.ts';
import { findPassports } from './passport.ts';
import { findPhones } from './phone.ts';
import { findSecrets } from './secrets.ts';
import { findWesternNames } from './western-names.ts';

const nationalIds = [
  chineseResidentId,
  usSocialSecurity,
  ukNationalInsurance,
  ukHealth,
  indianAadhaar,
  germanTaxId,
  frenchSocialSecurity,
  italianTaxCode,
  spanishId,
  brazilianCpf,
];

export const allRecognisers: readonly Recogniser[] = [
  findEmails,
  findPhones,
  findCards,
  findIbans,
  ...nationalIds.map(findNationalId),
  findPassports,
  findMedicalRecords,
  findBirthDates,
  findIpAddresses,
  findMacAddresses,
  findSecrets,
  findAddresses,
  findWesternNames,
  findChineseNames,
  findChineseOrganisations,
];
