using Waybill.Notifications.Records;
using Waybill.Notifications.Telemetry;
using Waybill.ServiceDefaults;
using Waybill.ServiceDefaults.Description;
using Waybill.StatusService;
using Waybill.StatusService.Callbacks;
using Waybill.StatusService.Counters;
using Waybill.StatusService.Endpoints;
using Waybill.StatusService.Events;
using Waybill.StatusService.InternalApi;
using Waybill.StatusService.Page;
using Waybill.StatusService.Queries;
using Waybill.StatusService.Queries.Export;
using Waybill.StatusService.Queries.Listing;
using Waybill.StatusService.Queries.Summary;
using Waybill.StatusService.QueueReports;
using Waybill.StatusService.Redeliveries;
using Waybill.StatusService.Store;
using Waybill.StatusService.Transitions;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults(WaybillTelemetry.Name);
builder.AddStore();
builder.AddCounters();
builder.AddTransitions();
builder.AddEndpoints();
builder.AddEvents();
builder.AddCallbacks();
builder.AddInternalApi();
builder.AddQueries();
builder.AddSummary();
builder.AddRedeliveries();
builder.AddQueueReports();
builder.AddPage();
builder.Services.AddNotificationsJson();
builder.AddApiDescription("Waybill status", "Tells where each notification is, what was tried and what came back.", VocabularyTypes.TextsOf);

var app = builder.Build();

app.UseInternalPort();
app.UseServiceDefaults();
app.UseCallMemory();
app.MapOpenApi();
app.MapNotifications();
app.MapList();
app.MapExport();
app.MapSummary();
app.MapEndpointQueries();
app.MapEvents();
app.MapInternalApi();
app.MapInternalEndpoints();
app.MapRedeliveries();
app.MapQueueReports();
app.MapPage();

app.Run();
