// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/mergewords.h>

#include <review/merge.h>
#include <review/reviewfile.h>
#include <review/standing.h>

namespace tenken {

namespace words {

Text shown(const QString &s) { return sameText(s); }

Text shown(const Waiver &waiver)
{
    QStringList why{waiver.reason, waiver.control, waiver.link};
    why.removeAll(QString());
    return Text{"%1(%2が申請、%3が承認、%4 まで)", "%1 (asked for by %2, approved by %3, until %4)"}.arg(
        why.join(QStringLiteral(" · ")), waiver.requester.isEmpty() ? QString(u'–') : waiver.requester,
        waiver.approver.isEmpty() ? QString(u'–') : waiver.approver,
        waiver.expires.isValid() ? waiver.expires.toString(Qt::ISODate) : QString(u'–'));
}

Text shown(TeamAnswer a) { return label(a); }

Text shown(ReviewAnswer a) { return label(a); }

Text shown(const QDate &day) { return sameText(day.toString(Qt::ISODate)); }

Text shown(bool done)
{
    return done ? Text{QStringLiteral("完了"), QStringLiteral("done")}
                : Text{QStringLiteral("未完了"), QStringLiteral("open")};
}

} // namespace words

Problem MergeConflict::toProblem() const
{
    Problem problem;
    problem.file = QString::fromLatin1(reviewPath);
    const Text other = theirsBy.isEmpty() ? theirs : Text{"%1(%2)", "%1 (%2)"}.arg(theirs, theirsBy);
    problem.message = Text{QStringLiteral("%1: %2がほかでも変わりました。ほかの値は「%3」です。"),
                           QStringLiteral("%1: %2 was changed elsewhere too. The other value is \"%3\".")}
                          .arg(item.isEmpty() ? Text{"レビュー", "review"} : sameText(item), field, other);
    problem.hint = Text{QStringLiteral("この窓の値「%1」を残しました。確かめてから保存してください。"),
                        QStringLiteral("This window's value \"%1\" is kept. Check it, then save.")}
                       .arg(ours);
    return problem;
}

} // namespace tenken
