// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/content.h>
#include <document/facts.h>
#include <signoff/sheet.h>

#include <utility>

namespace tenken {

namespace {

/// What ties a sheet of paper to the file.
std::vector<DocumentFact> factsOf(const Writer &w)
{
    std::vector<DocumentFact> facts = signOffOf(w.input);
    facts.push_back({{"review.json", "review.json"},
                     QStringLiteral("sha256 %1").arg(QString::fromLatin1(sha256Hex(reviewJson(w.input)))),
                     true});
    return facts;
}

/// The head that stands over the boxes here, and again over those that keys add: always as high.
void head(Writer &w)
{
    const PaperText title(paperHtml(w.in({"署名", "Sign-off"})), paperFont(16, true), page::bodyWidth,
                          w.c.text, 22);
    const PaperText words(
        paperHtml(w.in({"署名は、この文書と添付の review.json、evidence.sha256 "
                        "に対するものです。紙では枠に手で、鍵では続くページの同じ大きさの枠に署名します。",
                        "A signature is on this document and the attached review.json and evidence.sha256. "
                        "By hand it goes into a box here, by key into one of "
                        "the same size on the page that follows."})),
        paperFont(9), page::bodyWidth, w.c.text2, 12.75);
    const PaperText how(
        paperHtml(QStringLiteral("tenken verify FILE.pdf  ·  pdfdetach -savefile VERIFY.txt FILE.pdf")),
        paperFont(8, false, true), page::bodyWidth, w.c.text, 11.5);
    QStringList lines;
    for (const DocumentFact &row : factsOf(w))
        lines << QStringLiteral("%1  %2").arg(w.in(row.name), row.value);
    const PaperText facts(paperHtml(lines.join(u'\n')), paperFont(7, false, true), page::bodyWidth, w.c.text,
                          10.5);
    Block block;
    block.onNewPage = true;
    block.keepWithNext = true;
    block.height = sheet::headHeight * unitsPerPoint;
    block.draw = [=](QPainter &p, const QRectF &box) {
        qreal y = box.top();
        for (const PaperText *text : {&title, &words, &facts, &how}) {
            text->draw(p, {box.left(), y});
            y += text->height() + pt(4);
        }
    };
    w.blocks.push_back(block);
}

void drawInkBox(QPainter &p, const QRectF &box, const QString &role, const Colours &c, Lang lang)
{
    p.setPen(QPen(c.border, mm(0.25)));
    p.setBrush(Qt::NoBrush);
    p.drawRect(box);
    p.setFont(paperFont(9, true));
    p.setPen(c.text);
    p.drawText(QRectF(box.left() + mm(4), box.top() + mm(3), box.width() - mm(8), pt(13)),
               Qt::AlignLeft | Qt::AlignVCenter, role);
    const auto field = [&](qreal y, const Text &name) {
        p.setFont(paperFont(8.25));
        p.setPen(c.text2);
        p.drawText(QRectF(box.left() + mm(4), box.top() + y - pt(11), box.width() - mm(8), pt(11)),
                   Qt::AlignLeft | Qt::AlignBottom, name.in(lang));
        drawRule(p, box.left() + mm(4), box.right() - mm(4), box.top() + y + pt(1.5), c.border, 0.2);
    };
    field(mm(19), {"氏名・所属", "Name, unit"});
    field(mm(28), {"判断(承認・差し戻し・免除つきで承認)", "Approved, rejected, approved with waivers"});
    field(mm(49), {"署名", "Signature"});
    field(mm(58), {"日付", "Date"});
}

} // namespace

void writeSignOffSummary(Writer &w)
{
    const Frozen frozen = frozenOf(w.input);
    w.heading({"署名", "Sign-off"});
    bool first = true;
    for (const DocumentFact &row : factsOf(w))
        addFactRow(w, row, std::exchange(first, false), {.codePoints = 7});
    w.blocks.push_back(textBlock(
        paperHtml(w.in({"署名の枠は、最後のページにあります。", "The boxes to sign are on the last page."})),
        paperFont(8.25), w.c.text2, 12, pt(4)));
    if (!frozen.uncommitted.isEmpty())
        w.blocks.push_back(
            textBlock(paperHtml(w.in(Text{"コミットと異なるファイルが %1 あるので、まだ署名できません。",
                                          "%1 files differ from the commit, so it cannot be signed yet."}
                                         .arg(int(frozen.uncommitted.size())))),
                      paperFont(8.25), w.c.warn.text, 12, pt(4)));
    if (!frozen.outsideGit.isEmpty())
        w.blocks.push_back(textBlock(
            paperHtml(w.in(Text{"git の外にある証拠(%1): %2", "Evidence outside git (%1): %2"}.arg(
                frozen.outsideGit.size(), frozen.outsideGit.join(QStringLiteral(", "))))),
            paperFont(8.25), w.c.text2, 12, pt(4)));
}

void writeSignOffPage(Writer &w)
{
    const Frozen frozen = frozenOf(w.input);
    head(w);
    std::vector<QString> boxes;
    for (const SignOffRole &role : frozen.rule.roles) {
        for (int i = 0; i < role.people; ++i)
            boxes.push_back(w.in(role.title));
    }
    for (size_t row = 0; row < boxes.size(); row += sheet::columns) {
        Block block;
        block.height = sheet::boxHeight * unitsPerPoint;
        block.onNewPage = row > 0 && row % sheet::perPage == 0;
        block.spaceBefore = row == 0 ? 0 : sheet::gap * unitsPerPoint;
        block.draw = [=, c = &w.c, lang = w.input.lang](QPainter &p, const QRectF &box) {
            for (size_t i = row; i < std::min(row + sheet::columns, boxes.size()); ++i)
                drawInkBox(p,
                           QRectF(sheet::boxLeft(int(i)) * unitsPerPoint, box.top(),
                                  sheet::boxWidth * unitsPerPoint, box.height()),
                           boxes[i], *c, lang);
        };
        w.blocks.push_back(block);
    }
}

} // namespace tenken
