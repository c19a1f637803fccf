// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "meetingsample.h"

namespace tenken::samples
{

Meeting meeting()
{
    Meeting m;
    m.serviceId = QStringLiteral("id-auth");
    m.serviceName = {QStringLiteral("ID認証API"), QStringLiteral("ID authentication API")};
    m.checklistId = QStringLiteral("zozotown");
    m.checklistVersion = QStringLiteral("2.1");
    m.stage = {QStringLiteral("10 % の公開"), QStringLiteral("10 % of traffic")};
    m.started = at(0);
    m.ended = at(58);
    m.closed = true;
    m.seconds = 55 * 60 + 12;
    m.participants = {QStringLiteral("佐藤 花子"), QStringLiteral("鈴木"), QStringLiteral("田中")};
    m.before = MeetingOutcome{Decision::NoGo, {QStringLiteral("必須 2 項目が本番公開を止めています。"),
                                               QStringLiteral("2 must items block production.")}};
    m.after = MeetingOutcome{Decision::ConditionalGo, {QStringLiteral("必須の不合格 1 件に免除があります。"),
                                                       QStringLiteral("1 failed must item is waived.")}};

    MeetingItem stop;
    stop.id = QStringLiteral("resilience.graceful-stop");
    stop.title = {QStringLiteral("安全な停止"), QStringLiteral("Graceful stop")};
    stop.group = AgendaGroup::Disagreement;
    stop.seconds = 168;
    stop.machine = Verdict::Fail;
    stop.finding = {QStringLiteral("drain の途中で SIGKILL が届きます。"), QStringLiteral("SIGKILL arrives while draining.")};
    stop.team = TeamAnswer::Pass;
    stop.teamBy = QStringLiteral("佐藤");
    stop.teamNote = QStringLiteral("preStop で 20 s 待つ");
    stop.decision = ReviewAnswer::Reject;
    stop.by = QStringLiteral("鈴木");
    stop.note = QStringLiteral("猶予を 60 s にしてから、もう一度測ってください。");
    stop.dissents = {{QStringLiteral("佐藤 花子"), QStringLiteral("深夜は要求が少なく、実害はない")}};
    stop.actions = {{QStringLiteral("猶予を 60 s にする"), QStringLiteral("佐藤 花子"),
                     QStringLiteral("https://example.com/T-12"), QDate(2026, 12, 1)}};
    stop.before = Standing::Fail;
    stop.after = Standing::Fail;

    MeetingItem timeouts;
    timeouts.id = QStringLiteral("resilience.timeouts");
    timeouts.title = {QStringLiteral("タイムアウトの入れ子"), QStringLiteral("Nested timeouts")};
    timeouts.group = AgendaGroup::Failure;
    timeouts.seconds = 300;
    timeouts.machine = Verdict::Fail;
    timeouts.decision = ReviewAnswer::Waive;
    timeouts.by = QStringLiteral("鈴木");
    timeouts.waivers = {{QStringLiteral("基盤の更新を待っている。"), QStringLiteral("佐藤 花子"), QStringLiteral("鈴木"),
                         QStringLiteral("公開を 10 % までにする"), QDate(2026, 12, 4)}};
    timeouts.before = Standing::Fail;
    timeouts.after = Standing::Waived;

    MeetingItem canary;
    canary.id = QStringLiteral("release.canary");
    canary.title = {QStringLiteral("カナリアリリース"), QStringLiteral("Canary release")};
    canary.seconds = 12;
    canary.machine = Verdict::Pass;
    canary.decision = ReviewAnswer::Accept;
    canary.by = QStringLiteral("鈴木");
    canary.before = Standing::Pass;
    canary.after = Standing::Pass;

    MeetingItem later;
    later.id = QStringLiteral("performance.linear");
    later.title = {QStringLiteral("線形なスケール"), QStringLiteral("Linear scaling")};
    later.level = Level::Should;
    later.group = AgendaGroup::Unknown;
    later.seconds = 40;
    later.machine = Verdict::Unknown;
    later.postponed = true;
    later.before = Standing::Unknown;
    later.after = Standing::Unknown;

    m.items = {stop, timeouts, later, canary};
    m.remaining = {{stop.id, stop.title, Standing::Fail, {QStringLiteral("レビュアーが差し戻しました。"), QStringLiteral("The reviewer rejected it.")}},
                   {later.id, later.title, Standing::Unknown, {QStringLiteral("負荷試験がありません。"), QStringLiteral("There is no load test.")}}};
    return m;
}

} // namespace tenken::samples
