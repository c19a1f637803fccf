// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/content.h>

namespace tenken {

namespace {

void waiverBox(Writer &w, const Text &item, const Waiver &waiver, int number)
{
    const qreal inner = page::bodyWidth - mm(12);
    const PaperText title(
        QStringLiteral("<b>%1</b>")
            .arg(paperHtml(w.in(Text{"免除 W-%1 · %2", "Waiver W-%1 · %2"}.arg(number, item)))),
        paperFont(9.5), inner - mm(40), w.c.text, 13.5);
    Text body = Text{"理由: %1\n代替策: %2\n申請 %3 · 承認 %4",
                     "Reason: %1\nCompensating control: %2\nRequested by %3 · approved by %4"}
                    .arg(waiver.reason, waiver.control.isEmpty() ? QString(u'–') : waiver.control,
                         waiver.requester, waiver.approver);
    if (const Text target = targetOf(waiver); !target.isEmpty())
        body = Text{"対象: %1\n%2", "Of: %1\n%2"}.arg(target, body);
    if (!waiver.link.isEmpty())
        body = Text{"%1\n%2", "%1\n%2"}.arg(body, waiver.link);
    const PaperText text(paperHtml(w.in(body)), paperFont(8.25), inner, w.c.text, 12);
    const bool expired = waiver.expires < w.input.judgedAt.date();
    const QString until =
        w.in(Text{expired ? "期限切れ %1" : "期限 %1", expired ? "expired %1" : "expires %1"}.arg(
            waiver.expires.toString(Qt::ISODate)));
    Block block;
    block.spaceBefore = pt(8);
    block.height = title.height() + text.height() + pt(16);
    block.draw = [=, tone = expired ? w.c.fail : w.c.warn](QPainter &p, const QRectF &box) {
        p.setPen(QPen(tone.mark, mm(0.25)));
        p.setBrush(Qt::NoBrush);
        p.drawRect(box);
        p.fillRect(QRectF(box.left(), box.top(), mm(1), box.height()), tone.mark);
        title.draw(p, {box.left() + mm(6), box.top() + pt(6)});
        text.draw(p, {box.left() + mm(6), box.top() + pt(8) + title.height()});
        p.setFont(paperFont(9.5, true));
        p.setPen(tone.text);
        p.drawText(QRectF(box.right() - mm(46), box.top() + pt(6), mm(42), pt(13.5)),
                   Qt::AlignRight | Qt::AlignVCenter, until);
    };
    w.blocks.push_back(block);
}

void waivers(Writer &w)
{
    int number = 0;
    for (const ItemReview &item : w.input.review->items) {
        const Item *question = w.input.checklist->item(item.id);
        for (const Waiver &waiver : item.waivers) {
            if (number == 0)
                w.heading({"免除", "Waivers"});
            waiverBox(w, question ? question->title : sameText(item.id), waiver, ++number);
        }
    }
}

void actions(Writer &w)
{
    std::vector<QStringList> rows;
    for (const ItemReview &item : w.input.review->items) {
        for (const Action &action : item.actions) {
            const QString link = safeLink(action.link);
            QString what = paperHtml(action.text);
            if (!link.isEmpty())
                what += QStringLiteral(" · <a href=\"%1\">%2</a>").arg(link.toHtmlEscaped(), paperHtml(link));
            rows.push_back({action.due.isValid() ? action.due.toString(Qt::ISODate) : QStringLiteral("–"),
                            what, paperHtml(action.owner), paperHtml(item.id),
                            paperHtml(w.in(action.done ? Text{"済み", "done"} : Text{"未了", "open"}))});
        }
    }
    if (rows.empty())
        return;
    w.heading({"アクション", "Actions"});
    writeTable(w,
               {w.in({"期日", "Due"}), w.in({"すること", "What"}), w.in({"担当", "Owner"}),
                w.in({"項目", "Item"}), w.in({"状態", "State"})},
               rows, {mm(22), mm(70), mm(22), mm(40)}, paperFont(8.25));
}

void decisionRule(Writer &w)
{
    w.heading({"判定の規則", "How the decision is made"});
    const DecisionRule &rule = w.input.checklist->decision;
    for (const auto &[decision, text] :
         {std::pair{Decision::Go, rule.goText}, std::pair{Decision::ConditionalGo, rule.conditionalText},
          std::pair{Decision::NoGo, rule.noGoText}})
        w.blocks.push_back(textBlock(
            QStringLiteral("<b>%1</b> &nbsp;%2").arg(paperHtml(w.in(label(decision))), paperHtml(w.in(text))),
            paperFont(9), w.c.text, 12.75, pt(3)));
    const auto blockers = w.input.outcome->blockers();
    if (blockers.empty())
        return;
    QStringList names;
    for (const ItemStanding *s : blockers)
        names << QStringLiteral("%1 (%2)").arg(paperHtml(w.in(s->item->title)),
                                               paperHtml(w.in(label(s->standing))));
    w.blocks.push_back(
        textBlock(QStringLiteral("<b>%1</b> %2")
                      .arg(w.in({"止めているもの:", "What blocks:"}), names.join(w.in({"、", ", "}))),
                  paperFont(9), w.c.text, 12.75, pt(6)));
}

void overrides(Writer &w)
{
    const auto &list = w.input.evidence->service.overrides;
    if (list.empty())
        return;
    w.heading({"サービスが変えたパラメーター", "Parameters set by the service"});
    std::vector<QStringList> rows;
    for (const ParameterOverride &o : list)
        rows.push_back(
            {paperHtml(o.item), paperHtml(o.parameter), QString::number(o.value), paperHtml(o.reason)});
    writeTable(w,
               {w.in({"項目", "Item"}), w.in({"パラメーター", "Parameter"}), w.in({"値", "Value"}),
                w.in({"理由", "Reason"})},
               rows, {mm(52), mm(28), mm(16)}, paperFont(8.25));
}

void problems(Writer &w)
{
    const auto &list = w.input.evidence->unreadable;
    if (list.empty())
        return;
    w.heading({"読めなかったもの", "What could not be read"});
    std::vector<QStringList> rows;
    for (const Problem &problem : list)
        rows.push_back({paperHtml(problem.location()), paperHtml(w.in(problem.message))});
    writeTable(w, {w.in({"場所", "Where"}), w.in({"何が", "What"})}, rows, {mm(62)}, paperFont(8.25));
}

/// Where evidence came from, each with the version that was read.
void sources(Writer &w)
{
    const Evidence &e = *w.input.evidence;
    if (e.roots.empty() && e.renderings.empty())
        return;
    w.heading({"証拠の出どころ", "Where evidence comes from"});
    const auto version = [&](const QString &branch, const QString &commit, bool dirty) {
        return paperHtml(QStringLiteral("%1 %2 %3")
                             .arg(branch, commit, dirty ? w.in({"変更あり", "changed since"}) : QString())
                             .simplified());
    };
    std::vector<QStringList> rows{{paperHtml(w.in({"サービス", "Service"})), QStringLiteral("."),
                                   version(e.gitBranch, e.gitCommit, e.gitDirty)}};
    for (const SourceRoot &root : e.roots) {
        const bool read = root.state == SourceRoot::State::Readable;
        rows.push_back({paperHtml(root.name), paperHtml(root.path),
                        read ? version(root.gitBranch, root.gitCommit, root.gitDirty)
                             : paperHtml(w.in({"読んでいません", "not read"}))});
    }
    for (const Rendering &r : e.renderings)
        rows.push_back({paperHtml(r.program.isEmpty() ? w.in({"組み立て済み", "rendered"}) : r.program),
                        paperHtml(r.name),
                        QStringLiteral("sha256 %1").arg(QString::fromLatin1(r.sha256.left(16)))});
    writeTable(w, {w.in({"名前", "Name"}), w.in({"場所", "Path"}), w.in({"版", "Version"})}, rows,
               {mm(28), mm(80)}, paperFont(8.25));
}

void evidence(Writer &w)
{
    w.heading({"証拠", "Evidence"});
    std::vector<QStringList> rows;
    for (const SourceFile &file : w.input.evidence->files)
        rows.push_back({QStringLiteral("E%1").arg(w.evidenceNumber.value(file.path)), paperHtml(file.path),
                        QString::number(file.bytes), QString::fromLatin1(file.sha256)});
    writeTable(w, {QString(), w.in({"ファイル", "File"}), w.in({"バイト", "Bytes"}), QStringLiteral("sha256")}, rows,
          {mm(9), mm(50), mm(16)}, paperFont(7, false, true));
}

} // namespace

void writeWaiversAndActions(Writer &w)
{
    if (!w.input.review)
        return;
    const size_t before = w.blocks.size();
    waivers(w);
    actions(w);
    if (w.blocks.size() > before)
        w.blocks[before].onNewPage = true;
}

void writeAppendix(Writer &w)
{
    const size_t before = w.blocks.size();
    decisionRule(w);
    w.blocks[before].onNewPage = true;
    overrides(w);
    problems(w);
    sources(w);
    evidence(w);
}

} // namespace tenken
