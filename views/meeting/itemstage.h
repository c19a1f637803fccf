// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <meeting/stagepaint.h>

#include <QWidget>

namespace tenken {

class SourceView;

/// One item on the projector: question, three answers, what shows that it is so, and how to mend it.
class ItemStage final : public QWidget
{
    Q_OBJECT
public:
    ItemStage(const Session &session, const MeetingRoom &room, QWidget *parent = nullptr);

    void setLanguage(Lang lang);
    void setScale(const MeetingScale &scale);  ///< seen after refresh()
    void setNotesShown(bool shown);          ///< the presenter's notes in place of the picture
    bool areNotesShown() const { return m_notes; }
    void refresh();
    const ItemScreen &screen() const { return m_screen; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    enum class Shows { Notes, Picture, Source, Findings };
    Shows shows() const;
    void placeSource();

    const Session &m_session;
    const MeetingRoom &m_room;
    Lang m_lang = Lang::Ja;
    MeetingScale m_scale;
    ItemScreen m_screen;
    bool m_notes = false;
    SourceView *m_source;
    QString m_sourceOf;                ///< which finding it shows, so that it is not read anew at every key
};

/// The picture, as large as the box and its text allow: nothing is drawn beyond the box.
void drawEvidencePicture(Sheet &sheet, const QRectF &box, const Picture &picture);
/// The finding's file in a source view, as the item page shows it.
void showSource(SourceView &view, const Session &session, const Finding &finding);
bool hasSource(const Session &session, const Finding &finding);

} // namespace tenken
