/** How a picture was made and how it is stored: tag, type of value (VR), action of `dicom-dictionary.ts`, name in PS3.6. */
export const pictureAttributes = `
00180010 LO Z Contrast/Bolus Agent
00180012 SQ K Contrast/Bolus Agent Sequence
00180015 CS K Body Part Examined
00180020 CS K Scanning Sequence
00180021 CS K Sequence Variant
00180022 CS K Scan Options
00180023 CS K MR Acquisition Type
00180024 SH K Sequence Name
00180025 CS K Angio Flag
00180040 IS K Cine Rate
00180050 DS K Slice Thickness
00180060 DS K KVP
00180080 DS K Repetition Time
00180081 DS K Echo Time
00180082 DS K Inversion Time
00180083 DS K Number of Averages
00180084 DS K Imaging Frequency
00180085 SH K Imaged Nucleus
00180086 IS K Echo Number(s)
00180087 DS K Magnetic Field Strength
00180088 DS K Spacing Between Slices
00180089 IS K Number of Phase Encoding Steps
00180090 DS K Data Collection Diameter
00180091 IS K Echo Train Length
00180093 DS K Percent Sampling
00180094 DS K Percent Phase Field of View
00180095 DS K Pixel Bandwidth
00181000 LO X Device Serial Number
00181002 UI U Device UID
00181003 LO X Device ID
00181004 LO X Plate ID
00181005 LO X Generator ID
00181007 LO X Cassette ID
00181008 LO X Gantry ID
00181009 UT X Unique Device Identifier
0018100A SQ X UDI Sequence
00181011 LO X Hardcopy Creation Device ID
00181012 DA X Date of Secondary Capture
00181014 TM X Time of Secondary Capture
00181020 LO K Software Versions
00181030 LO X Protocol Name
00181041 DS K Contrast/Bolus Volume
00181042 TM X Contrast/Bolus Start Time
00181043 TM X Contrast/Bolus Stop Time
00181063 DS K Frame Time
00181072 TM X Radiopharmaceutical Start Time
00181073 TM X Radiopharmaceutical Stop Time
00181078 DT X Radiopharmaceutical Start DateTime
00181079 DT X Radiopharmaceutical Stop DateTime
00181088 IS K Heart Rate
00181100 DS K Reconstruction Diameter
00181110 DS K Distance Source to Detector
00181111 DS K Distance Source to Patient
00181120 DS K Gantry/Detector Tilt
00181130 DS K Table Height
00181140 CS K Rotation Direction
00181150 IS K Exposure Time
00181151 IS K X-Ray Tube Current
00181152 IS K Exposure
00181160 SH K Filter Type
00181164 DS K Imager Pixel Spacing
00181170 IS K Generator Power
00181190 DS K Focal Spot(s)
00181200 DA X Date of Last Calibration
00181201 TM X Time of Last Calibration
00181202 DT X DateTime of Last Calibration
00181210 SH K Convolution Kernel
00181250 SH K Receive Coil Name
00181251 SH K Transmit Coil Name
00181310 US K Acquisition Matrix
00181312 CS K In-plane Phase Encoding Direction
00181314 DS K Flip Angle
00181316 DS K SAR
00181400 LO X Acquisition Device Processing Description
00181401 LO K Acquisition Device Processing Code
00181508 CS K Positioner Type
00181510 DS K Positioner Primary Angle
00181511 DS K Positioner Secondary Angle
00182042 UI U Target UID
00184000 LT X Acquisition Comments
00185100 CS K Patient Position
00185101 CS K View Position
00186011 SQ K Sequence of Ultrasound Regions
0018700A SH X Detector ID
0018700C DA X Date of Last Detector Calibration
0018700E TM X Time of Last Detector Calibration
00189074 DT X Frame Acquisition DateTime
00189151 DT X Frame Reference DateTime
00189185 ST X Respiratory Motion Compensation Technique Description
0018937F UT X Decomposition Description
00189424 LT X Acquisition Protocol Description
00189516 DT X Start Acquisition DateTime
00189517 DT X End Acquisition DateTime
00189623 DT X Functional Sync Pulse
00189701 DT X Decay Correction DateTime
0018A002 DT X Contribution DateTime
0018A003 ST X Contribution Description
0020000D UI U Study Instance UID
0020000E UI U Series Instance UID
00200010 SH Z Study ID
00200011 IS K Series Number
00200012 IS K Acquisition Number
00200013 IS K Instance Number
00200020 CS K Patient Orientation
00200027 LO X Pyramid Label
00200032 DS K Image Position (Patient)
00200037 DS K Image Orientation (Patient)
00200052 UI U Frame of Reference UID
00200060 CS K Laterality
00200062 CS K Image Laterality
00200100 IS K Temporal Position Identifier
00200105 IS K Number of Temporal Positions
00200200 UI U Synchronization Frame of Reference UID
00201002 IS K Images in Acquisition
00201040 LO K Position Reference Indicator
00201041 DS K Slice Location
00203401 CS X Modifying Device ID
00203406 LO X Modified Image Description
00204000 LT X Image Comments
00209158 LT X Frame Comments
00209161 UI U Concatenation UID
00209164 UI U Dimension Organization UID
00280002 US K Samples per Pixel
00280004 CS K Photometric Interpretation
00280006 US K Planar Configuration
00280008 IS K Number of Frames
00280009 AT K Frame Increment Pointer
00280010 US K Rows
00280011 US K Columns
00280030 DS K Pixel Spacing
00280034 IS K Pixel Aspect Ratio
00280051 CS K Corrected Image
00280100 US K Bits Allocated
00280101 US K Bits Stored
00280102 US K High Bit
00280103 US K Pixel Representation
00280106 US K Smallest Image Pixel Value
00280107 US K Largest Image Pixel Value
00280120 US K Pixel Padding Value
00280300 CS K Quality Control Image
00280301 CS K Burned In Annotation
00280303 CS X Longitudinal Temporal Information Modified
00281040 CS K Pixel Intensity Relationship
00281050 DS K Window Center
00281051 DS K Window Width
00281052 DS K Rescale Intercept
00281053 DS K Rescale Slope
00281054 LO K Rescale Type
00281055 LO K Window Center & Width Explanation
00281101 US K Red Palette Color Lookup Table Descriptor
00281102 US K Green Palette Color Lookup Table Descriptor
00281103 US K Blue Palette Color Lookup Table Descriptor
00281199 UI U Palette Color Lookup Table UID
00281201 OW K Red Palette Color Lookup Table Data
00281202 OW K Green Palette Color Lookup Table Data
00281203 OW K Blue Palette Color Lookup Table Data
00281214 UI U Large Palette Color Lookup Table UID
00282110 CS K Lossy Image Compression
00282112 DS K Lossy Image Compression Ratio
00282114 CS K Lossy Image Compression Method
00284000 LT X Image Presentation Comments
`;
