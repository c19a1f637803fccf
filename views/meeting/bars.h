// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <meeting/sheet.h>
#include <review/meetingroom.h>

#include <QWidget>

namespace tenken {

/// At the top of the meeting: what is reviewed, the agenda as a strip, the clocks.
class MeetingHeader final : public QWidget
{
    Q_OBJECT
public:
    MeetingHeader(const Session &session, const MeetingRoom &room, QWidget *parent = nullptr);
    void show(Lang lang, const MeetingScale &scale);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void drawName(Sheet &sheet, const QRectF &box) const;
    void drawStrip(Sheet &sheet, const QRectF &box) const;
    qreal drawClocks(Sheet &sheet, const QRectF &box) const; ///< returns the width

    const Session &m_session;
    const MeetingRoom &m_room;
    Lang m_lang = Lang::Ja;
    MeetingScale m_scale;
};

/// At the foot: the keys, or what was just done and how to take it back.
class MeetingFooter final : public QWidget
{
    Q_OBJECT
public:
    enum class Mood { Keys, Done, Refused };

    explicit MeetingFooter(QWidget *parent = nullptr);
    void show(Lang lang, const MeetingScale &scale);
    void setReadOnly(const Text &why);                   ///< empty: it is not
    void tell(Mood mood, const Text &words);
    Mood mood() const { return m_mood; }
    const Text &told() const { return m_words; }
    void setHints(const std::vector<std::pair<QStringList, Text>> &hints); ///< instead of an item's keys; empty: those

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Entry;
    std::vector<Entry> entries() const;
    void drawKeys(Sheet &sheet, const QRectF &box) const;
    void drawWords(Sheet &sheet, const QRectF &box) const;

    Lang m_lang = Lang::Ja;
    MeetingScale m_scale;
    Mood m_mood = Mood::Keys;
    Text m_words, m_readOnly;
    std::vector<std::pair<QStringList, Text>> m_hints;
};

} // namespace tenken
