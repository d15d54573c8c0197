/** OpenTelemetry as Angular applications have it: its context in zones. */

import 'zone.js'
import { ZoneContextManager } from '@opentelemetry/context-zone-peer-dep'
import { openTelemetry } from './opentelemetry.js'

export const install = context => openTelemetry(context, new ZoneContextManager())
