// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/signeditems.h>

#include <evidence/evidence.h>
#include <parts/icons.h>

#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace tenken {

namespace {

constexpr int mostItems = 5'000, longestDetails = 20'000;

QString in(const QJsonValue &text, Lang lang)
{
    return maskSecrets(visible(text[lang == Lang::Ja ? u"ja" : u"en"].toString()));
}

Glyph glyphOfItem(const QJsonObject &item)
{
    const QString verdict = item[u"verdict"].toString();
    for (const auto &[word, glyph] :
         {std::pair(u"pass", Glyph::Pass), std::pair(u"warn", Glyph::Warn), std::pair(u"fail", Glyph::Fail),
          std::pair(u"n/a", Glyph::NotApplicable)}) {
        if (verdict == word)
            return glyph;
    }
    return verdict.isEmpty() ? Glyph::Open : Glyph::Unknown;
}

/// Files that an item's findings lean on and that are not as they were.
QStringList changedFiles(const QJsonObject &item, const QMap<QString, Text> &changed, Lang lang)
{
    QStringList lines;
    for (const QJsonValue &finding : item[u"findings"].toArray()) {
        const QString file = finding[u"file"].toString();
        if (!changed.contains(file))
            continue;
        const QString line = QStringLiteral("%1: %2").arg(visible(file), changed.value(file).in(lang));
        if (!lines.contains(line))
            lines << line;
    }
    return lines;
}

QString answerInWords(const Text &who, const QJsonObject &answer, Lang lang)
{
    if (answer[u"answer"].toString().isEmpty() && answer[u"note"].toString().isEmpty())
        return {};
    QString text = QStringLiteral("%1: %2 · %3 · %4\n")
                       .arg(who.in(lang), visible(answer[u"answer"].toString()),
                            visible(answer[u"by"].toString()), visible(answer[u"at"].toString()));
    if (const QString note = answer[u"note"].toString(); !note.isEmpty())
        text += QStringLiteral("    ") + maskSecrets(note) + u'\n';
    return text;
}

} // namespace

QString itemInWords(const QJsonObject &item, Lang lang)
{
    QString text =
        QStringLiteral("%1 (%2)\n%3\n\n")
            .arg(in(item[u"title"], lang), visible(item[u"id"].toString()), in(item[u"standing"], lang));
    text += answerInWords({"チーム", "Team"}, item[u"team"].toObject(), lang)
        + answerInWords({"レビュアー", "Reviewer"}, item[u"reviewer"].toObject(), lang);
    for (const QJsonValue &w : item[u"waivers"].toArray())
        text += Text{"免除: %1(%2 まで、承認 %3)\n", "Waiver: %1 (until %2, approved by %3)\n"}
                    .arg(maskSecrets(visible(w[u"reason"].toString())), visible(w[u"expires"].toString()),
                         visible(w[u"approver"].toString()))
                    .in(lang);
    for (const QJsonValue &f : item[u"findings"].toArray()) {
        text += QStringLiteral("\n%1  %2\n").arg(f[u"verdict"].toString(), in(f[u"title"], lang));
        for (const char16_t *key : {u"measured", u"wanted", u"reason"}) {
            if (const QString words = in(f[key], lang); !words.isEmpty())
                text += QStringLiteral("    %1\n").arg(words);
        }
        if (const QString file = f[u"file"].toString(); !file.isEmpty())
            text += QStringLiteral("    %1:%2\n").arg(visible(file)).arg(f[u"line"].toInt());
    }
    return text.left(longestDetails);
}

SignedItems::SignedItems(Lang lang, QWidget *parent)
    : QWidget(parent), m_lang(lang), m_list(new QTreeWidget), m_details(new QPlainTextEdit)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setHeaderLabels({Text{"項目", "Item"}.in(lang), Text{"署名した時", "When signed"}.in(lang),
                             Text{"署名の後", "Since sign-off"}.in(lang)});
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    m_list->header()->setStretchLastSection(false);
    m_list->setAccessibleName(Text{"署名された項目", "Items as signed"}.in(lang));
    m_details->setReadOnly(true);
    m_details->setAccessibleName(Text{"署名された項目の内容", "What was signed of the item"}.in(lang));
    splitter->addWidget(m_list);
    splitter->addWidget(m_details);
    splitter->setSizes({500, 260});
    column->addWidget(splitter);
    connect(m_list, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem *row) {
        m_details->setPlainText(row ? itemInWords(row->data(0, Qt::UserRole).toJsonObject(), m_lang)
                                        + row->data(1, Qt::UserRole).toString()
                                    : QString());
    });
}

void SignedItems::setReview(const QByteArray &reviewJson, const std::vector<EvidenceFile> &files,
                            bool compared)
{
    QMap<QString, Text> changed;
    for (const EvidenceFile &file : files) {
        if (file.state != EvidenceFile::State::Same && file.state != EvidenceFile::State::Elsewhere)
            changed.insert(file.path, file.words);
    }
    m_list->clear();
    const QJsonArray items = QJsonDocument::fromJson(reviewJson).object()[u"items"].toArray();
    for (int i = 0; i < std::min<int>(int(items.size()), mostItems); ++i) {
        const QJsonObject item = items[i].toObject();
        const QStringList since = changedFiles(item, changed, m_lang);
        const Text word = !compared ? Text{"–", "–"}
            : since.isEmpty()       ? Text{"証拠は同じ", "evidence unchanged"}
                                    : Text{"証拠が変わりました", "evidence changed"};
        const QString title = in(item[u"title"], m_lang);
        auto *row = new QTreeWidgetItem({title.isEmpty() ? visible(item[u"id"].toString()) : title,
                                         in(item[u"standing"], m_lang), word.in(m_lang)});
        row->setIcon(1, iconOf(glyphOfItem(item)));
        if (!since.isEmpty())
            row->setIcon(2, iconOf(Glyph::Stale));
        row->setToolTip(2, since.join(u'\n'));
        row->setData(0, Qt::UserRole, item);
        row->setData(1, Qt::UserRole,
                     since.isEmpty() ? QString()
                                     : u'\n' + Text{"署名の後:", "Since sign-off:"}.in(m_lang) + u'\n'
                             + since.join(u'\n'));
        m_list->addTopLevelItem(row);
    }
    m_list->setCurrentItem(m_list->topLevelItem(0));
}

} // namespace tenken
