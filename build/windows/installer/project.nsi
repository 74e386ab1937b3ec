; The Windows installer, for one person and without an administrator.
; go run ./build package calls makensis with: VERSION COMPANY COPYRIGHT PROGRAM
; ICON OUT and, where the offline runtime goes in, WEBVIEW2.
Unicode true
RequestExecutionLevel user
ManifestDPIAware true
SetCompressor /SOLID lzma

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "x64.nsh"
!include "WinVer.nsh"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\TraceDesk"
; How to detect the runtime:
; https://learn.microsoft.com/microsoft-edge/webview2/concepts/distribution#detect-if-a-webview2-runtime-is-already-installed
!define RUNTIME "Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}"

Name "TraceDesk"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\TraceDesk"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"

VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey "CompanyName" "${COMPANY}"
VIAddVersionKey "FileDescription" "TraceDesk Setup"
VIAddVersionKey "ProductName" "TraceDesk"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "${COPYRIGHT}"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\tracedesk.exe"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Function .onInit
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "TraceDesk needs 64-bit Windows 10 or newer." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
FunctionEnd

; Leaves the runtime's version in $0, or nothing.
Function FindRuntime
  SetRegView 64
  ReadRegStr $0 HKLM "SOFTWARE\WOW6432Node\${RUNTIME}" "pv"
  ${If} $0 == ""
    ReadRegStr $0 HKCU "Software\${RUNTIME}" "pv"
  ${EndIf}
  ${If} $0 == "0.0.0.0"
    StrCpy $0 ""
  ${EndIf}
FunctionEnd

Section "TraceDesk"
  SetOutPath "$INSTDIR"
  ClearErrors
  File "/oname=tracedesk.exe" "${PROGRAM}"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONSTOP "TraceDesk is still open. Close it and run this setup again." /SD IDOK
    Abort
  ${EndIf}

  Call FindRuntime
  ${If} $0 == ""
!ifdef WEBVIEW2
    DetailPrint "Installing Microsoft's WebView2 runtime"
    InitPluginsDir
    File "/oname=$PLUGINSDIR\webview2.exe" "${WEBVIEW2}"
    ExecWait '"$PLUGINSDIR\webview2.exe" /silent /install'
!else
    DetailPrint "This computer has no WebView2 runtime: TraceDesk will open in the browser."
!endif
  ${EndIf}

  CreateShortcut "$SMPROGRAMS\TraceDesk.lnk" "$INSTDIR\tracedesk.exe"
  CreateShortcut "$DESKTOP\TraceDesk.lnk" "$INSTDIR\tracedesk.exe"

  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "TraceDesk"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\tracedesk.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${COMPANY}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"
SectionEnd

; The data folder stays: loads and papers are not part of the program.
Section "Uninstall"
  Delete "$INSTDIR\tracedesk.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  RMDir /r "$LOCALAPPDATA\TraceDesk-webview"
  Delete "$SMPROGRAMS\TraceDesk.lnk"
  Delete "$DESKTOP\TraceDesk.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
