/** Orders, procedures, findings and plans: tag, type of value (VR), action of `dicom-dictionary.ts`, name in PS3.6. */
export const procedureAttributes = `
00320012 LO X Study ID Issuer
00321020 LO X Scheduled Study Location
00321021 AE X Scheduled Study Location AE Title
00321030 LO X Reason for Study
00321032 PN X Requesting Physician
00321033 LO X Requesting Service
00321060 LO X Requested Procedure Description
00321064 SQ X Requested Procedure Code Sequence
00321066 UT X Reason for Visit
00321067 SQ X Reason for Visit Code Sequence
00321070 LO X Requested Contrast Agent
00324000 LT X Study Comments
00380004 SQ X Referenced Patient Alias Sequence
00380010 LO X Admission ID
00380011 LO X Issuer of Admission ID
00380014 SQ X Issuer of Admission ID Sequence
00380020 DA X Admitting Date
00380021 TM X Admitting Time
0038001E LO X Scheduled Patient Institution Residence
00380040 LO X Discharge Diagnosis Description
00380050 LO X Special Needs
00380060 LO X Service Episode ID
00380061 LO X Issuer of Service Episode ID
00380062 LO X Service Episode Description
00380064 SQ X Issuer of Service Episode ID Sequence
00380300 LO X Current Patient Location
00380400 LO X Patient's Institution Residence
00380500 LO X Patient State
00384000 LT X Visit Comments
00400001 AE X Scheduled Station AE Title
00400002 DA X Scheduled Procedure Step Start Date
00400003 TM X Scheduled Procedure Step Start Time
00400004 DA X Scheduled Procedure Step End Date
00400005 TM X Scheduled Procedure Step End Time
00400006 PN X Scheduled Performing Physician's Name
00400007 LO X Scheduled Procedure Step Description
00400009 SH X Scheduled Procedure Step ID
00400010 SH X Scheduled Station Name
00400011 SH X Scheduled Procedure Step Location
00400012 LO X Pre-Medication
00400241 AE X Performed Station AE Title
00400242 SH X Performed Station Name
00400243 SH X Performed Location
00400244 DA X Performed Procedure Step Start Date
00400245 TM X Performed Procedure Step Start Time
00400250 DA X Performed Procedure Step End Date
00400251 TM X Performed Procedure Step End Time
00400253 SH X Performed Procedure Step ID
00400254 LO X Performed Procedure Step Description
00400260 SQ K Performed Protocol Code Sequence
00400275 SQ X Request Attributes Sequence
00400280 ST X Comments on the Performed Procedure Step
00400310 ST X Comments on Radiation Dose
0040050A LO X Specimen Accession Number
00400512 LO D Container Identifier
00400513 SQ Z Issuer of the Container Identifier Sequence
00400551 LO D Specimen Identifier
00400554 UI U Specimen UID
00400555 SQ X Acquisition Context Sequence
00400562 SQ Z Issuer of the Specimen Identifier Sequence
00400600 LO X Specimen Short Description
00400602 UT X Specimen Detailed Description
00400610 SQ Z Specimen Preparation Sequence
00401001 SH X Requested Procedure ID
00401002 LO X Reason for the Requested Procedure
00401004 LO X Patient Transport Arrangements
00401005 LO X Requested Procedure Location
00401010 PN X Names of Intended Recipients of Results
00401011 SQ X Intended Recipients of Results Identification Sequence
00401101 SQ X Person Identification Code Sequence
00401102 ST X Person's Address
00401103 LO X Person's Telephone Numbers
00401400 LT X Requested Procedure Comments
00402001 LO X Reason for the Imaging Service Request
00402004 DA X Issue Date of Imaging Service Request
00402005 TM X Issue Time of Imaging Service Request
00402008 PN X Order Entered By
00402009 SH X Order Enterer's Location
00402010 SH X Order Callback Phone Number
00402016 LO Z Placer Order Number / Imaging Service Request
00402017 LO Z Filler Order Number / Imaging Service Request
00402400 LT X Imaging Service Request Comments
00403001 LO X Confidentiality Constraint on Patient Data Description
00404023 UI U Referenced General Purpose Scheduled Procedure Step Transaction UID
00404025 SQ X Scheduled Station Name Code Sequence
00404027 SQ X Scheduled Station Geographic Location Code Sequence
00404028 SQ X Performed Station Name Code Sequence
00404030 SQ X Performed Station Geographic Location Code Sequence
00404034 SQ X Scheduled Human Performers Sequence
00404035 SQ X Actual Human Performers Sequence
00404036 LO X Human Performer's Organization
00404037 PN X Human Performer's Name
0040A027 LO X Verifying Organization
0040A030 DT X Verification DateTime
0040A073 SQ Z Verifying Observer Sequence
0040A075 PN D Verifying Observer Name
0040A078 SQ X Author Observer Sequence
0040A07A SQ X Participant Sequence
0040A07C SQ X Custodial Organization Sequence
0040A088 SQ Z Verifying Observer Identification Code Sequence
0040A120 DT D DateTime
0040A121 DA D Date
0040A122 TM D Time
0040A123 PN D Person Name
0040A124 UI U UID
0040A13A DT D Referenced DateTime
0040A160 UT D Text Value
0040A171 UI U Observation UID
0040A730 SQ X Content Sequence
0040DB0C UI U Template Extension Organization UID
0040DB0D UI U Template Extension Creator UID
00500014 DS K Device Length
00540016 SQ K Radiopharmaceutical Information Sequence
00620021 UI U Tracking UID
00700001 SQ X Graphic Annotation Sequence
00700084 PN Z Content Creator's Name
00700086 SQ X Content Creator's Identification Code Sequence
0070031A UI U Fiducial UID
00880130 SH X Storage Media File-set ID
00880140 UI U Storage Media File-set UID
00880200 SQ X Icon Image Sequence
00880904 LO X Topic Title
00880906 ST X Topic Subject
00880910 LO X Topic Author
00880912 LO X Topic Keywords
04000100 UI X Digital Signature UID
04000402 SQ X Referenced Digital Signature Sequence
04000403 SQ X Referenced SOP Instance MAC Sequence
04000404 OB X MAC
04000550 SQ X Modified Attributes Sequence
04000561 SQ X Original Attributes Sequence
20300020 LO X Text String
30060002 SH D Structure Set Label
30060004 LO X Structure Set Name
30060006 ST X Structure Set Description
30060008 DA Z Structure Set Date
30060009 TM Z Structure Set Time
30060024 UI U Referenced Frame of Reference UID
30060026 LO Z ROI Name
30060028 ST X ROI Description
30060085 SH X ROI Observation Label
30060088 ST X ROI Observation Description
300600A6 PN Z ROI Interpreter
300600C2 UI U Related Frame of Reference UID
300A0002 SH D RT Plan Label
300A0003 LO X RT Plan Name
300A0004 ST X RT Plan Description
300A0006 DA X RT Plan Date
300A0007 TM X RT Plan Time
300A0013 UI U Dose Reference UID
300E0005 TM X Review Time
300E0004 DA X Review Date
300E0008 PN X Reviewer Name
40000010 LT X Arbitrary
40004000 LT X Text Comments
40080042 LO X Results ID Issuer
40080114 PN X Physician Approving Interpretation
40080119 SQ X Results Distribution List Sequence
40084000 ST X Results Comments
7FE00001 OV X Extended Offset Table
7FE00002 OV X Extended Offset Table Lengths
7FE00008 OF K Float Pixel Data
7FE00009 OD K Double Float Pixel Data
7FE00010 OW K Pixel Data
FFFAFFFA SQ X Digital Signatures Sequence
FFFCFFFC OB X Data Set Trailing Padding
`;
