using Waybill.Hosting;
using Waybill.IntakeService.Actions;
using Waybill.IntakeService.Dispatching;
using Waybill.IntakeService.Endpoints;
using Waybill.IntakeService.Events;
using Waybill.IntakeService.Queueing;
using Waybill.IntakeService.Redeliveries;
using Waybill.IntakeService.Submissions;
using Waybill.IntakeService.Submissions.Batches;
using Waybill.Notifications.Telemetry;
using Waybill.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults(WaybillTelemetry.Name);
builder.AddStatusClient();
builder.AddNotificationQueue();
builder.AddSubmissions();
builder.AddActions();
builder.AddDispatching();
builder.AddRedeliveries();
builder.AddEndpoints();
builder.AddEvents();

var app = builder.Build();

app.UseServiceDefaults();
app.MapOpenApi();
app.MapSubmissions();
app.MapBatches();
app.MapActions();
app.MapRedeliveries();
app.MapEndpoints();
app.MapTenantRedeliveries();
app.MapEvents();
app.MapQueue();

await app.RunAsync();
