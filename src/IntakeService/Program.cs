using Waybill.IntakeService.Dispatching;
using Waybill.IntakeService.Queueing;
using Waybill.IntakeService.Steering;
using Waybill.IntakeService.Submissions;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.Telemetry;
using Waybill.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults(WaybillTelemetry.Name);
builder.AddStatusClient();
builder.AddNotificationQueue();
builder.AddSubmissions();
builder.AddSteering();
builder.AddDispatching();

var app = builder.Build();

app.UseServiceDefaults();
app.UseRateLimiter();
app.MapOpenApi();
app.MapSubmissions();
app.MapSteering();
app.MapQueue();

await app.RunAsync();
