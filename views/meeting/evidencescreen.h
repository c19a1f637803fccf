// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <meeting/screens.h>

namespace tenken {

class LocalTextBrowser;
class SourceView;

/// Everything behind an item, as large as the screen: finding by finding its picture, its lines and its words; last
/// what people wrote, in full.
class EvidenceScreen final : public MeetingScreen
{
    Q_OBJECT
public:
    EvidenceScreen(const Session &session, const MeetingRoom &room, QWidget *parent = nullptr);
    bool key(int key) override;
    void open();                       ///< at the finding that decides
    int pageCount() const;             ///< findings, and the answers
    int page() const { return m_page; }

protected:
    void draw(Sheet &sheet) override;
    void refreshed() override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Places {
        QRectF head, picture, source, text;
    };
    Places places() const;
    const Finding *finding() const;    ///< null on the page of answers
    void fill();
    QString findingWords(const Finding &finding) const;
    QString answerWords() const;
    void scroll(int key);

    int m_page = 0;
    SourceView *m_source;
    LocalTextBrowser *m_text;
};

/// Text that only scrolls, in the meeting's size and colours.
void lookAsMeetingText(LocalTextBrowser &browser, const MeetingScale &scale);
/// ↑ ↓ Page and so on for a text that does not have the focus.
bool scrollByKey(QWidget &area, int key);

} // namespace tenken
