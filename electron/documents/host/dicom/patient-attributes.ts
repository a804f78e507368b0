/** Who, when and where: tag, type of value (VR), action of `dicom-dictionary.ts`, name in PS3.6. */
export const patientAttributes = `
00020001 OB K File Meta Information Version
00020002 UI K Media Storage SOP Class UID
00020003 UI U Media Storage SOP Instance UID
00020010 UI K Transfer Syntax UID
00020012 UI K Implementation Class UID
00020013 SH X Implementation Version Name
00020016 AE X Source Application Entity Title
00020017 AE X Sending Application Entity Title
00020018 AE X Receiving Application Entity Title
00041130 CS X File-set ID
00041141 CS X File-set Descriptor File ID
00080005 CS K Specific Character Set
00080006 SQ K Language Code Sequence
00080008 CS K Image Type
00080012 DA X Instance Creation Date
00080013 TM X Instance Creation Time
00080014 UI U Instance Creator UID
00080015 DT X Instance Coercion DateTime
00080016 UI K SOP Class UID
00080017 UI U Acquisition UID
00080018 UI U SOP Instance UID
00080019 UI U Pyramid UID
00080020 DA Z Study Date
00080021 DA X Series Date
00080022 DA X Acquisition Date
00080023 DA Z Content Date
00080024 DA X Overlay Date
00080025 DA X Curve Date
0008002A DT X Acquisition DateTime
00080030 TM Z Study Time
00080031 TM X Series Time
00080032 TM X Acquisition Time
00080033 TM Z Content Time
00080034 TM X Overlay Time
00080035 TM X Curve Time
00080050 SH Z Accession Number
00080051 SQ X Issuer of Accession Number Sequence
00080054 AE X Retrieve AE Title
00080055 AE X Station AE Title
00080058 UI U Failed SOP Instance UID List
00080060 CS K Modality
00080061 CS K Modalities in Study
00080064 CS K Conversion Type
00080068 CS K Presentation Intent Type
00080070 LO K Manufacturer
00080080 LO X Institution Name
00080081 ST X Institution Address
00080082 SQ X Institution Code Sequence
00080090 PN Z Referring Physician's Name
00080092 ST X Referring Physician's Address
00080094 SH X Referring Physician's Telephone Numbers
00080096 SQ X Referring Physician Identification Sequence
0008009C PN Z Consulting Physician's Name
0008009D SQ X Consulting Physician Identification Sequence
00080100 SH K Code Value
00080102 SH K Coding Scheme Designator
00080103 SH K Coding Scheme Version
00080104 LO K Code Meaning
00080106 DT D Context Group Version
00080107 DT X Context Group Local Version
00080201 SH X Timezone Offset From UTC
00081000 AE X Network ID
00081010 SH X Station Name
00081030 LO X Study Description
00081032 SQ X Procedure Code Sequence
0008103E LO X Series Description
00081040 LO X Institutional Department Name
00081041 SQ X Institutional Department Type Code Sequence
00081048 PN X Physician(s) of Record
00081049 SQ X Physician(s) of Record Identification Sequence
00081050 PN X Performing Physician's Name
00081052 SQ X Performing Physician Identification Sequence
00081060 PN X Name of Physician(s) Reading Study
00081062 SQ X Physician(s) Reading Study Identification Sequence
00081070 PN X Operators' Name
00081072 SQ X Operator Identification Sequence
00081080 LO X Admitting Diagnoses Description
00081084 SQ X Admitting Diagnoses Code Sequence
00081088 LO X Pyramid Description
00081090 LO K Manufacturer's Model Name
00081110 SQ X Referenced Study Sequence
00081111 SQ X Referenced Performed Procedure Step Sequence
00081115 SQ K Referenced Series Sequence
00081120 SQ X Referenced Patient Sequence
00081140 SQ K Referenced Image Sequence
00081150 UI K Referenced SOP Class UID
00081155 UI U Referenced SOP Instance UID
00081160 IS K Referenced Frame Number
00081195 UI U Transaction UID
00081301 SQ X Principal Diagnosis Code Sequence
00081302 SQ X Primary Diagnosis Code Sequence
00081303 SQ X Secondary Diagnoses Code Sequence
00081304 SQ X Histological Diagnoses Code Sequence
00082111 ST X Derivation Description
00082112 SQ K Source Image Sequence
00083010 UI U Irradiation Event UID
00084000 LT X Identifying Comments
00089123 UI U Creator-Version UID
00089124 SQ K Derivation Image Sequence
00089215 SQ K Derivation Code Sequence
00100010 PN Z Patient's Name
00100011 SQ X Person Names to Use Sequence
00100020 LO Z Patient ID
00100021 LO X Issuer of Patient ID
00100022 CS X Type of Patient ID
00100024 SQ X Issuer of Patient ID Qualifiers Sequence
00100030 DA Z Patient's Birth Date
00100032 TM X Patient's Birth Time
00100033 LO X Patient's Birth Date in Alternative Calendar
00100034 LO X Patient's Death Date in Alternative Calendar
00100035 CS X Patient's Alternative Calendar
00100040 CS Z Patient's Sex
00100050 SQ X Patient's Insurance Plan Code Sequence
00100101 SQ X Patient's Primary Language Code Sequence
00100102 SQ X Patient's Primary Language Modifier Code Sequence
00101000 LO X Other Patient IDs
00101001 PN X Other Patient Names
00101002 SQ X Other Patient IDs Sequence
00101005 PN X Patient's Birth Name
00101010 AS X Patient's Age
00101020 DS X Patient's Size
00101030 DS X Patient's Weight
00101040 LO X Patient's Address
00101050 LO X Insurance Plan Identification
00101060 PN X Patient's Mother's Birth Name
00101080 LO X Military Rank
00101081 LO X Branch of Service
00101090 LO X Medical Record Locator
00101100 SQ X Referenced Patient Photo Sequence
00102000 LO X Medical Alerts
00102110 LO X Allergies
00102150 LO X Country of Residence
00102152 LO X Region of Residence
00102154 SH X Patient's Telephone Numbers
00102155 LT X Patient's Telecom Information
00102160 SH X Ethnic Group
00102161 SQ X Ethnic Group Code Sequence
00102180 SH X Occupation
001021A0 CS X Smoking Status
001021B0 LT X Additional Patient History
001021C0 US X Pregnancy Status
001021D0 DA X Last Menstrual Date
001021F0 LO X Patient's Religious Preference
00102203 CS X Patient's Sex Neutered
00102297 PN X Responsible Person
00102299 LO X Responsible Organization
00104000 LT X Patient Comments
00120010 LO D Clinical Trial Sponsor Name
00120020 LO D Clinical Trial Protocol ID
00120021 LO Z Clinical Trial Protocol Name
00120030 LO Z Clinical Trial Site ID
00120031 LO Z Clinical Trial Site Name
00120040 LO D Clinical Trial Subject ID
00120042 LO D Clinical Trial Subject Reading ID
00120050 LO Z Clinical Trial Time Point ID
00120051 ST X Clinical Trial Time Point Description
00120060 LO Z Clinical Trial Coordinating Center Name
00120062 CS X Patient Identity Removed
00120063 LO X De-identification Method
00120064 SQ X De-identification Method Code Sequence
00120071 LO X Clinical Trial Series ID
00120072 LO X Clinical Trial Series Description
00120081 LO D Clinical Trial Protocol Ethics Committee Name
00120082 LO X Clinical Trial Protocol Ethics Committee Approval Number
`;
