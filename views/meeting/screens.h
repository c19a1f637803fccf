// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <meeting/sheet.h>
#include <review/meetingroom.h>

#include <QWidget>

namespace tenken {

/// One of the meeting's whole-screen pictures that is only painted.
class MeetingScreen : public QWidget
{
    Q_OBJECT
public:
    MeetingScreen(const Session &session, const MeetingRoom &room, QWidget *parent = nullptr);
    void setLook(Lang lang, const MeetingScale &scale);
    virtual bool key(int) { return false; }   ///< whether it was for this screen

protected:
    virtual void draw(Sheet &sheet) = 0;
    virtual void refreshed() { }              ///< language or size changed
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    QRectF inner() const;                     ///< without the margins

    const Session &m_session;
    const MeetingRoom &m_room;
    Lang m_lang = Lang::Ja;
    MeetingScale m_scale;
};

/// Before the meeting: what there is to talk about. Without anything, it says how to get there.
class StartScreen final : public MeetingScreen
{
    Q_OBJECT
public:
    using MeetingScreen::MeetingScreen;
    void setRoomBelow(qreal height) { m_below = height; update(); } ///< where the fields lie

protected:
    void draw(Sheet &sheet) override;
    void refreshed() override;

private:
    qreal m_below = 0;
};

/// The whole agenda; arrows choose, Enter goes there.
class AgendaScreen final : public MeetingScreen
{
    Q_OBJECT
public:
    using MeetingScreen::MeetingScreen;
    bool key(int key) override;
    void open();

signals:
    void chosen(const QString &itemId);

protected:
    void draw(Sheet &sheet) override;
    void refreshed() override;

private:
    int rows() const;
    void drawEntry(Sheet &sheet, const QRectF &box, int index) const;
    void say();

    int m_at = 0;
};

/// All keys.
class KeysScreen final : public MeetingScreen
{
    Q_OBJECT
public:
    using MeetingScreen::MeetingScreen;

protected:
    void draw(Sheet &sheet) override;
    void refreshed() override;
};

/// After the last item: what came of it.
class EndScreen final : public MeetingScreen
{
    Q_OBJECT
public:
    using MeetingScreen::MeetingScreen;

protected:
    void draw(Sheet &sheet) override;
    void refreshed() override;
};

} // namespace tenken
