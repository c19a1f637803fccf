// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/minutes.h>

#include <review/standing.h>

#include <evidence/evidence.h>

#include <QLocale>
#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

/// What people wrote, so that no Markdown reader takes it for anything but text; on one line.
QString safe(const QString &text)
{
    static const QRegularExpression special(QStringLiteral(R"(([\\`*_\[\]<>|~]))"));
    static const QRegularExpression lead(QStringLiteral(R"(^(\d*)([#+.)-]+)(\s|$))"));
    QString line = visible(maskSecrets(text).simplified());
    line.replace(special, QStringLiteral("\\\\1"));
    line.replace(lead, QStringLiteral("\\1\\\\2\\3"));
    return line;
}

/// Text as code: between more backticks than stand together in it, on one line.
QString code(const QString &text)
{
    const QString inside = visible(maskSecrets(text).simplified());
    QString fence(u'`');
    while (inside.contains(fence))
        fence += u'`';
    const QString space = fence.size() > 1 ? QStringLiteral(" ") : QString();
    return inside.isEmpty() ? QString() : fence + space + inside + space + fence;
}

QString dayText(const QDate &day, Lang lang)
{
    const QLocale locale(lang == Lang::Ja ? QLocale::Japanese : QLocale::English);
    return QStringLiteral("%1 (%2)").arg(day.toString(Qt::ISODate),
                                         locale.dayName(day.dayOfWeek(), QLocale::ShortFormat));
}

/// "2026-11-20 (金) 10:00–10:58 (UTC+09:00)".
QString whenText(const Meeting &m, Lang lang)
{
    if (!m.started.isValid())
        return Text{"記録なし", "not recorded"}.in(lang);
    const QDateTime end = m.ended.isValid() ? m.ended.toOffsetFromUtc(m.started.offsetFromUtc()) : QDateTime();
    QString text = dayText(m.started.date(), lang) + u' ' + m.started.toString(QStringLiteral("HH:mm"));
    if (end.isValid())
        text += QStringLiteral("–") + (end.date() == m.started.date() ? QString() : dayText(end.date(), lang) + u' ')
            + end.toString(QStringLiteral("HH:mm"));
    const QString iso = m.started.toOffsetFromUtc(m.started.offsetFromUtc()).toString(Qt::ISODate);
    return text + QStringLiteral(" (UTC%1)").arg(iso.endsWith(u'Z') ? QString() : iso.right(6));
}

class Writer
{
public:
    Writer(const Meeting &meeting, const QString &path, Lang lang) : m(meeting), m_path(path), m_lang(lang) { }

    QString text()
    {
        m_text = QStringLiteral("# %1\n\n").arg(safe(minutesTitle(m, m_lang)));
        head();
        outcome();
        decisions();
        dissents();
        waivers();
        actions();
        postponed();
        remaining();
        m_text += QStringLiteral("\n---\n")
            + in(Text{"会議の記録: %1。回答、免除、対応は `readiness/review.yaml` にあります。",
                      "The meeting's record: %1. Answers, waivers and actions stand in `readiness/review.yaml`."}
                     .arg(code(m_path)))
            + u'\n';
        return m_text;
    }

private:
    QString in(const Text &text) const { return text.in(m_lang); }
    QString said(const Text &text) const { return safe(text.in(m_lang)); }
    QString quoted(const QString &note) const { return in(Text{"「%1」", "“%1”"}.arg(safe(note))); }
    QString list(QStringList words) const
    {
        return words.join(m_lang == Lang::Ja ? QStringLiteral("、") : QStringLiteral(", "));
    }

    void fact(const Text &name, const QString &value) { m_text += QStringLiteral("- %1: %2\n").arg(in(name), value); }
    void section(const Text &title) { m_text += QStringLiteral("\n## %1\n\n").arg(in(title)); }
    void section(const Text &title, qsizetype count) { section(title.arg(count)); }
    void bullet(const QString &line, int depth = 0) { m_text += QString(depth * 4, u' ') + QStringLiteral("- %1\n").arg(line); }

    QString nameOf(const Text &title, const QString &id) const
    {
        return title.isEmpty() ? code(id) : said(title);
    }

    void head()
    {
        fact({"日時", "When"}, whenText(m, m_lang));
        fact({"時間", "Duration"}, in(Text{"%1 分(予定 %2 分)", "%1 min (planned: %2 min)"}.arg((m.seconds + 59) / 60, m.plannedMinutes)));
        QStringList names;
        for (const QString &name : m.participants)
            names.append(safe(name));
        fact({"参加者", "Participants"}, names.isEmpty() ? in({"記録なし", "not recorded"}) : list(names));
        fact({"サービス", "Service"}, QStringLiteral("%1 (%2)").arg(serviceName(m, m_lang), code(m.serviceId)));
        if (!m.stage.isEmpty())
            fact({"段階", "Stage"}, said(m.stage));
        fact({"チェックリスト", "Checklist"}, safe(m.checklistId + u' ' + m.checklistVersion));
        if (!m.closed)
            m_text += u'\n' + in({"この会議はまだ終わっていません。", "This meeting has not been ended yet."}) + u'\n';
    }

    void outcome()
    {
        section({"判定", "Decision"});
        if (!m.after) {
            m_text += in({"判定の記録がありません。", "No decision is recorded."}) + u'\n';
            return;
        }
        const QString after = said(label(m.after->decision));
        if (!m.before || m.before->decision == m.after->decision)
            m_text += QStringLiteral("**%1**").arg(after) + (m.before ? in({"(会議の前と同じ)", " (as before the meeting)"}) : QString());
        else
            m_text += QStringLiteral("**%1 → %2**").arg(said(label(m.before->decision)), after);
        m_text += QStringLiteral("\n\n%1\n").arg(said(m.after->why));
        if (m.before && m.before->why != m.after->why)
            m_text += u'\n' + in({"会議の前: ", "Before the meeting: "}) + said(m.before->why) + u'\n';
    }

    static bool needsWords(const MeetingItem &i)
    {
        return i.group != AgendaGroup::Rest || i.decision != ReviewAnswer::Accept || !i.note.isEmpty();
    }

    /// Contested items one by one; what was simply accepted in one line.
    void decisions()
    {
        std::vector<const MeetingItem *> told;
        QStringList accepted;
        for (const MeetingItem &i : m.items) {
            if (i.decision == ReviewAnswer::Open && i.note.isEmpty())
                continue;
            if (needsWords(i))
                told.push_back(&i);
            else
                accepted.append(nameOf(i.title, i.id));
        }
        section({"決めたこと(%1 項目)", "Decided (%1)"}, qsizetype(told.size()) + accepted.size());
        if (told.empty() && accepted.isEmpty())
            m_text += in({"この会議で決めた項目はありません。", "Nothing was decided in this meeting."}) + u'\n';
        int number = 0;
        for (const MeetingItem *i : told)
            decided(*i, ++number);
        if (!accepted.isEmpty())
            m_text += (told.empty() ? QString() : QStringLiteral("\n"))
                + in(Text{"争点がなく、承認した %1 項目: %2。", "Accepted without discussion (%1): %2."}.arg(accepted.size(), list(accepted)))
                + u'\n';
    }

    void decided(const MeetingItem &i, int number)
    {
        const QString decision = i.decision == ReviewAnswer::Open ? in({"メモのみ", "Note only"}) : in(label(i.decision));
        m_text += QStringLiteral("%1. **%2** — **%3**").arg(number).arg(nameOf(i.title, i.id), decision);
        if (!i.by.isEmpty())
            m_text += in(Text{"(%1)", " (%1)"}.arg(safe(i.by)));
        m_text += u'\n';
        const QString level = in(i.level == Level::Must ? Text{"必須", "must"} : Text{"推奨", "should"});
        bullet(QStringLiteral("%1 · %2 · %3 · %4").arg(code(i.id), level, in(label(i.group)), clockText(i.seconds)), 1);
        if (i.machine)
            bullet(in({"機械: ", "Machine: "}) + in(label(*i.machine)) + in(i.finding.isEmpty() ? Text{} : Text{"。", ". "}) + said(i.finding), 1);
        if (i.team != TeamAnswer::Open)
            bullet(in({"チーム: ", "Team: "}) + in(label(i.team)) + people(i.teamBy) + noted(i.teamNote), 1);
        else
            bullet(in({"チーム: 未回答", "Team: no answer"}), 1);
        if (!i.note.isEmpty())
            bullet(in({"レビュアー: ", "Reviewer: "}) + quoted(i.note), 1);
        if (i.before && i.after)
            bullet(in({"項目の判定: ", "The item: "})
                       + (*i.before == *i.after ? in(label(*i.after)) : in(label(*i.before)) + QStringLiteral(" → ") + in(label(*i.after))), 1);
    }

    QString people(const QString &name) const { return name.isEmpty() ? QString() : in(Text{"(%1)", " (%1)"}.arg(safe(name))); }
    QString noted(const QString &note) const { return note.isEmpty() ? QString() : u' ' + quoted(note); }

    /// One section with a line for each entry that items have; nothing where there is none.
    template<typename Entry, typename Line>
    void each(const Text &title, std::vector<Entry> MeetingItem::*entries, Line line)
    {
        QStringList lines;
        for (const MeetingItem &i : m.items) {
            for (const Entry &entry : i.*entries)
                lines.append(line(i, entry));
        }
        if (lines.isEmpty())
            return;
        section(title, lines.size());
        for (const QString &l : lines)
            bullet(l);
    }

    void dissents()
    {
        each(Text{"異論(%1 件)", "Dissent (%1)"}, &MeetingItem::dissents, [this](const MeetingItem &i, const Dissent &d) {
            const QString who = d.who.isEmpty() ? in({"名前なし", "unnamed"}) : safe(d.who);
            return QStringLiteral("**%1** — %2: %3").arg(who, nameOf(i.title, i.id), quoted(d.what));
        });
    }

    void waivers()
    {
        each(Text{"新しい免除(%1 件)", "New waivers (%1)"}, &MeetingItem::waivers, [this](const MeetingItem &i, const Waiver &w) {
            return QStringLiteral("**%1** — ").arg(nameOf(i.title, i.id))
                + in(Text{"**%1 まで**。承認 %2、申請 %3。理由: %4。代替策: %5。",
                          "**until %1**; approved by %2, requested by %3. Reason: %4. Control: %5."}
                         .arg(dayText(w.expires, m_lang), safe(w.approver), safe(w.requester), ended(w.reason), ended(w.control)));
        });
    }

    /// Without the full stop it may end in: the sentence around it brings its own.
    static QString ended(const QString &text)
    {
        QString line = safe(text);
        while (line.endsWith(u'。') || line.endsWith(u'.'))
            line.chop(1);
        return line;
    }

    void actions()
    {
        each(Text{"対応(%1 件)", "Actions (%1)"}, &MeetingItem::actions, [this](const MeetingItem &i, const Action &a) {
            const QString owner = a.owner.isEmpty() ? in({"担当未定", "no owner yet"}) : safe(a.owner);
            const QString due = a.due.isValid() ? in(Text{"%1 まで", "due %1"}.arg(dayText(a.due, m_lang))) : in({"期日未定", "no due date yet"});
            QString line = QStringLiteral("**%1** — %2 (%3%4%5)").arg(owner, safe(a.text), due,
                m_lang == Lang::Ja ? QStringLiteral("、") : QStringLiteral(", "), nameOf(i.title, i.id));
            return a.link.isEmpty() ? line : line + u' ' + safe(a.link);
        });
    }

    void postponed()
    {
        QStringList names;
        for (const MeetingItem &i : m.items) {
            if (i.postponed)
                names.append(nameOf(i.title, i.id) + QStringLiteral(" (%1)").arg(code(i.id)));
        }
        if (names.isEmpty())
            return;
        section({"後で決めること(%1 件)", "Postponed (%1)"}, names.size());
        for (const QString &name : names)
            bullet(name);
    }

    void remaining()
    {
        section({"GO までに残るもの", "What keeps it from GO"});
        if (m.remaining.empty())
            m_text += m.after && m.after->decision == Decision::Go
                ? in({"残っているものはありません。", "Nothing is left."}) + u'\n'
                : in({"記録がありません。", "It is not recorded."}) + u'\n';
        for (const OpenPoint &point : m.remaining)
            bullet(QStringLiteral("%1 — %2%3%4").arg(nameOf(point.title, point.id), in(label(point.standing)),
                                                    in(Text{"。", ". "}), said(point.why)));
    }

    static QString serviceName(const Meeting &m, Lang lang)
    {
        const QString name = m.serviceName.in(lang);
        return safe(name.isEmpty() ? m.serviceId : name);
    }

    const Meeting &m;
    QString m_path;
    Lang m_lang;
    QString m_text;
};

} // namespace

QString minutesTitle(const Meeting &meeting, Lang lang)
{
    const QString name = meeting.serviceName.in(lang).isEmpty() ? meeting.serviceId : meeting.serviceName.in(lang);
    return Text{"%1 本番投入レビュー 議事録 %2", "%1: minutes of the production readiness review, %2"}
        .arg(name, meeting.started.date().toString(Qt::ISODate)).in(lang);
}

QString minutesOf(const Meeting &meeting, const QString &path, Lang lang) { return Writer(meeting, path, lang).text(); }

QString clockText(int seconds)
{
    const int s = std::max(0, seconds);
    const QString tail = QStringLiteral("%1:%2").arg(s / 60 % 60, s >= 3600 ? 2 : 1, 10, QChar(u'0')).arg(s % 60, 2, 10, QChar(u'0'));
    return s >= 3600 ? QStringLiteral("%1:%2").arg(s / 3600).arg(tail) : tail;
}

} // namespace tenken
