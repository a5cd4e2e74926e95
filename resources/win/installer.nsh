; What Tally writes into the registry by itself when it takes the tally:// links; the installer knows nothing of it.
!macro customUnInstall
  DeleteRegKey HKCU "Software\Classes\tally"
!macroend
