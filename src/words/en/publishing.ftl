# Publishing a draft, while it goes on and when it failed.
publishing-title = Publishing
publishing-lead = You may leave the page. The version, the end of the draft and the mails are written at once or not at all.
publishing-begins = Works out what it means for everybody.
publishing-looks = Works out what it means for everybody: { $done } of { $all } people.
publishing-looked = It is clear what it means for { $all ->
    [one] { $all } person
   *[other] { $all } people
  }.
publishing-will-write = Then the version and the mails are written.
publishing-writes = Writes the version and { $letters ->
    [0] no mails
    [one] { $letters } mail
   *[other] { $letters } mails
  }.
publishing-by-itself = The page renews itself.
publishing-stand-still = Let it stand still
publishing-look-again = How is it going now?
publishing-not-published = Nothing was published
publishing-draft-is-there = The draft is there as it was, and nobody has been sent a mail.
publishing-cut-off = Publishing was cut off before it was done, perhaps because the program was started anew.
publishing-broke = Something went wrong. Try again in a while.
publishing-same = The draft says the same as the version that holds now.
publishing-again = Try again
publishing-to-draft = To the draft
