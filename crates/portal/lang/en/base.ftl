# The frame: navigation, dates, and words of every screen.
skip-to-content = Skip to content
menu = Menu
main-navigation = Main navigation
personal-licences = Personal licences
workspaces = Workspaces
open-workspace = Open workspace
switch-workspace = , switch workspace
overview = Overview
devices = Devices
scans = Scans
detections = Detections
quarantine = Quarantine
settings = Settings
my-account = My account
operator = Operator
demo-mail = Demo mail
sign-in = Sign in
sign-out = Sign out
back-home = Back to the start
error-reference = Reference for the operator:
cancel = Cancel
breadcrumb = Breadcrumb

mode-local-and-remote = Local and remote
mode-local-only = Local only
mode-remote-only = Remote only

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = June
month-short-7 = July
month-short-8 = Aug
month-short-9 = Sept
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec

ago-now = just now
ago-minutes = { $n ->
    [one] { $n } minute ago
   *[other] { $n } minutes ago
 }
ago-hours = { $n ->
    [one] { $n } hour ago
   *[other] { $n } hours ago
 }
ago-days = { $n ->
    [one] { $n } day ago
   *[other] { $n } days ago
 }

by-you = by you
by-person = by { $name }
filter = Filter
filter-all = All
filter-on = Active filter:
filter-remove = , remove
pages = Pages
page-next = Next
page-first = Back to the start
reload = Reload
tick = Choose
tick-one = Choose { $name }
ticked-actions = Actions on the ticked rows
ticked-devices = For the ticked devices
ticked-files = For the ticked files
protection-not-reported = This workspace is “Local only”: its devices keep what they scan and find to themselves. Nothing new arrives here.

person-gone = closed account
