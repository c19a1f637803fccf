// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/loadtestfigures.h>

#include <evidence/numbers.h>
#include <pages/label.h>
#include <pages/loadtestwords.h>
#include <parts/colours.h>
#include <parts/panel.h>

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <cmath>

namespace tenken {

namespace {
const QString perPodUnit = QStringLiteral("req/s / Pod");
}

LoadTestFigures::LoadTestFigures(Lang lang, QWidget *parent) : QWidget(parent), m_lang(lang)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    for (Figure &figure : m_figures) {
        figure.panel = new tenken::Panel;
        QVBoxLayout *body = figure.panel->body();
        body->setSpacing(0);
        figure.name = new Label(Type::CaptionBold, Label::Ink::Text2);
        figure.value = new Label(Type::KeyFigure);
        figure.unit = new Label(Type::Body, Label::Ink::Text2);
        figure.note = new Label(Type::Caption, Label::Ink::Text2);
        figure.note->setWrapped();
        auto *line = new QHBoxLayout;
        line->setSpacing(6);
        line->addWidget(figure.value);
        line->addWidget(figure.unit, 0, Qt::AlignBottom);
        line->addStretch(1);
        body->addWidget(figure.name);
        body->addLayout(line);
        body->addWidget(figure.note);
        row->addWidget(figure.panel, 1);
    }
}

void LoadTestFigures::show(Figure &figure, const Words &words)
{
    figure.name->setText(in(words.name));
    figure.value->setText(words.value.isEmpty() ? QStringLiteral("–") : words.value);
    figure.unit->setText(words.value.isEmpty() ? QString() : words.unit);
    figure.note->setText(in(words.note));
    const bool bad = words.verdict == Verdict::Fail;
    figure.value->setInk(bad ? Label::Ink::Fail : Label::Ink::Text);
    figure.note->setInk(bad ? Label::Ink::Fail : words.verdict == Verdict::Pass ? Label::Ink::Pass
                            : words.verdict == Verdict::Warn                    ? Label::Ink::Warn
                                                                                : Label::Ink::Text2);
    figure.panel->setEdge(bad ? coloursFor(palette()).fail.mark : QColor());
    figure.panel->setAccessibleName(QStringLiteral("%1: %2 %3. %4").arg(in(words.name), figure.value->text(), figure.unit->text(), in(words.note)));
}

LoadTestFigures::Words LoadTestFigures::declaredOf(const LoadTestPicture &test) const
{
    const double pods = std::max(1, test.pods);
    Words words{{"申告値", "Declared"}, test.declaredPerPod ? formatNumber(*test.declaredPerPod) : QString(), perPodUnit,
                {"service.yaml に capacity.per-pod がありません", "capacity.per-pod is not in service.yaml"}};
    if (!test.declaredPerPod)
        return words;
    words.note = {"膝が分からず、比べられません", "no knee to compare it with"};
    if (test.knee.usable && test.knee.throughput > 0) {
        // As the rule has it: 1 % is allowed for counting, and a test that stopped below the knee refutes nothing.
        const bool borne = *test.declaredPerPod * pods <= test.knee.throughput * 1.01;
        const bool reached = test.knee.reached;
        words.verdict = borne ? (reached ? Verdict::Pass : Verdict::Warn) : reached ? Verdict::Fail : Verdict::Unknown;
        words.note = !reached ? (borne ? Text{"測った範囲の内。膝は分かりません", "within what was tried; the knee is not known"}
                                       : Text{"その負荷は測っていません", "that load was not tried"})
                              : Text{"膝の %1 %", "%1 % of the knee"}.arg(formatNumber(std::round(100 * *test.declaredPerPod * pods / test.knee.throughput)));
    }
    return words;
}

LoadTestFigures::Words LoadTestFigures::latencyOf(const LoadTestPicture &test) const
{
    const double pods = std::max(1, test.pods);
    const LatencyAtLoad latency = latencyAt(test, test.declaredPerPod.value_or(test.knee.throughput / pods));
    const Text name = test.declaredPerPod ? Text{"申告値での %1", "%1 at the declared rate"} : Text{"膝での %1", "%1 at the knee"};
    Words words{name.arg(latency.percentile), latency.known ? formatMs(latency.ms) : QString(), {}, {}};
    if (!latency.known)
        words.note = {"この負荷の段に値がありません", "no step of that load tells it"};
    if (latency.known && test.targetMs) {
        words.verdict = latency.ms <= *test.targetMs ? Verdict::Pass : Verdict::Fail;
        words.note = Text{"目標 ≤ %1", "target ≤ %1"}.arg(formatMs(*test.targetMs));
    }
    return words;
}

LoadTestFigures::Words LoadTestFigures::errorsOf(const LoadTestPicture &test) const
{
    const Knee &knee = test.knee;
    if (test.run && !test.run->showsErrors())
        return {{"最初のエラー", "First errors"}, {}, {}, {"このファイルはエラーを記録していません", "this file records no errors"}};
    Words words{{"最初のエラー", "First errors"}, knee.firstErrors > 0 ? formatNumber(knee.firstErrors / std::max(1, test.pods)) : QString(),
                perPodUnit, {"エラー率 1 % を超えた段はありません", "no step above 1 % errors"}};
    if (knee.firstErrors > 0)
        words.note = {"エラー率が 1 % を超えた段", "the step above 1 % errors"};
    if (const auto factor = knee.errorsFactor(); factor && *factor <= 1)
        words.note = {"膝より前でエラーが出ています", "errors below the knee"};
    else if (factor)
        words.note = Text{"膝の %1 倍。ここを容量にしない", "%1 × the knee: not the capacity"}.arg(QString::number(*factor, 'f', 2));
    return words;
}

void LoadTestFigures::showTest(const LoadTestPicture &test)
{
    const double pods = std::max(1, test.pods);
    show(m_figures[0], {test.knee.reached ? Text{"膝 (遅延が跳ねる手前)", "Knee (before latency jumps)"} : Text{"膝なし: 少なくとも", "No knee: at least"},
                        test.knee.usable ? formatNumber(test.knee.throughput / pods) : QString(), perPodUnit, kneeNote(test.knee, pods)});
    show(m_figures[1], declaredOf(test));
    show(m_figures[2], latencyOf(test));
    show(m_figures[3], errorsOf(test));
}

void LoadTestFigures::showPlan(const CapacityPlan *plan)
{
    Words need{{"最大の行事に要る Pod", "Pods for the largest event"}, {}, QStringLiteral("Pod"), {"行事が書かれていません", "no events declared"}};
    if (plan && !plan->events.empty()) {
        const bool never = std::ranges::any_of(plan->events, &EventPlan::unreachable);
        need.value = never ? QString() : formatNumber(plan->largestNeed());
        need.note = never ? Text{"Pod を増やしても届かない行事があります", "no number of pods carries some event"}
                          : Text{"自動拡縮の上限は不明", "the autoscaler's maximum is unknown"};
        if (never)
            need.verdict = Verdict::Fail;
        else if (plan->maxReplicas) {
            need.verdict = plan->largestNeed() <= *plan->maxReplicas ? Verdict::Pass : Verdict::Fail;
            need.note = Text{"HPA 最大 %1", "HPA maximum %1"}.arg(*plan->maxReplicas);
        }
    }
    show(m_figures[4], need);
}

} // namespace tenken
